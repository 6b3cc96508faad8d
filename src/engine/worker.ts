import { expose, transfer } from "comlink";
import { writeSafetensors } from "../files/safetensors-writer";
import type { Recipe } from "../recipe/schema";
import type { EditSpec } from "../stages/edit/types";
import type { ScanEvent, ScanSpec } from "./api";
import { openBackend, type OpenedBackend } from "./backend";
import { BrowserModels } from "./browser-loader";
import { failureOf } from "./failure";
import { drawnImages } from "./images";
import { Pipeline } from "./pipeline";
import { scanEdits, withScanned } from "./scan";
import { stageContext } from "./reporter";
import { Turns } from "./turns";
import type { Answer, WorkerApi } from "./worker-api";

/** The worker that owns the device, the sessions and all buffers. */

interface Open extends OpenedBackend {
  readonly pipeline: Pipeline;
}

const models = new BrowserModels();
const turns = new Turns();
const aborts = new Map<number, AbortController>();
let opened: Promise<Open> | undefined;

function open(): Promise<Open> {
  opened ??= openBackend().then((backend) => {
    // The next call starts on a new device; what was on the old one is gone.
    void backend.lost.then(() => {
      opened = undefined;
    });
    return { ...backend, pipeline: new Pipeline(backend.backend, models.load) };
  });
  return opened;
}

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, failure: failureOf(error, undefined) };
  }
}

/** Runs work under a number by which the page can stop it. */
async function abortable(runId: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  aborts.set(runId, controller);
  try {
    await work(controller.signal);
  } finally {
    aborts.delete(runId);
  }
}

async function scan(
  recipe: Recipe,
  spec: ScanSpec,
  signal: AbortSignal,
  emit: (event: ScanEvent) => void,
): Promise<void> {
  const { pipeline } = await open();
  const scanned = withScanned(recipe, spec);
  const edits = scanEdits(spec);
  const context = stageContext("evaluation", signal, (progress) => {
    emit({ kind: "progress", progress });
  });
  await turns.turn(() =>
    pipeline.run({ ...scanned, edits: [{ method: "none" }] }, signal, (event) => {
      if (event.kind === "progress") emit(event);
    }),
  );
  for (const [i, edit] of edits.entries()) {
    const quiet = { signal, onProgress: (): void => undefined };
    const { metrics } = await turns.turn(() => pipeline.evaluate(scanned, edit, quiet));
    emit({ kind: "row", edit, metrics });
    context.onProgress(i + 1, edits.length, "edits");
  }
}

const api: WorkerApi = {
  probe: () => answer(async () => (await open()).report),
  run: (recipe, runId, onEvent) =>
    abortable(runId, (signal) =>
      turns.run(async () => {
        try {
          const { pipeline } = await open();
          await pipeline.run(recipe, signal, onEvent);
        } catch (error) {
          // The pipeline has told of its own failures; this is for what fails before it.
          if (opened === undefined) onEvent({ kind: "failed", failure: failureOf(error, undefined) });
        }
      }),
    ),
  scan: (recipe, spec, runId, onEvent) =>
    abortable(runId, async (signal) => {
      try {
        await scan(recipe, spec, signal, onEvent);
      } catch (error) {
        onEvent({ kind: "failed", failure: failureOf(error, "evaluation") });
      }
    }),
  cancel: (runId) => {
    aborts.get(runId)?.abort(new DOMException("stopped", "AbortError"));
  },
  images: (recipe, indices, size) =>
    answer(() => {
      const drawn = drawnImages(recipe.data, indices, size);
      return Promise.resolve(transfer(drawn, [drawn.buffer]));
    }),
  adopt: (files) =>
    answer(async () => {
      const sha256 = await models.adopt(files);
      const { backend } = await open();
      const context = { signal: new AbortController().signal, onProgress: (): void => undefined };
      const model = await models.load({ model: { kind: "dropped", sha256 } }, backend, context);
      const { summary } = model;
      model.release();
      return { sha256, summary };
    }),
  exportModel: (recipe: Recipe, edit: EditSpec) =>
    answer(() =>
      turns.run(async () => {
        const { pipeline } = await open();
        const { config, weights } = await pipeline.editedModel(recipe, edit);
        const text = `${JSON.stringify(config, null, 1)}\n`;
        return [
          { name: "config.json", bytes: new TextEncoder().encode(text) },
          { name: "model.safetensors", bytes: writeSafetensors(weights, { metadata: { format: "pt" } }) },
        ];
      }),
    ),
};

expose(api);
