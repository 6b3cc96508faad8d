import { expose, transfer } from "comlink";
import { openStore, type Store } from "../files/store";
import { writeSafetensors } from "../files/safetensors-writer";
import { withSearched } from "../recipe/search";
import type { Recipe } from "../recipe/schema";
import type { EditSpec } from "../stages/edit/types";
import type { ModelSpec, ModelSummary } from "../stages/model/types";
import type { Notice, StageContext } from "../stages/progress";
import { trainingPace } from "../training/vit-pace";
import type {
  BackendChoice,
  EngineEvent,
  Failure,
  GenerationEvent,
  Progress,
  ScanEvent,
  SourceEvent,
  TrainingEvent,
  SearchEvent,
} from "./api";
import { openBackend, type OpenedBackend } from "./backend";
import { BrowserModels } from "./browser-loader";
import { compareSources } from "./compare-sources";
import { failureOf, LabError } from "./failure";
import { drawnImages } from "./images";
import { ownTextFacts } from "./own-text-facts";
import { MaskShelf } from "./masks/mask-shelf";
import { OwnTexts } from "./own-texts";
import { Pipeline } from "./pipeline";
import { generateUnder, lossesUnder } from "./prompts";
import { stageContext } from "./reporter";
import { scan, withScanned } from "./scan";
import { readingTokenizer } from "./text-study";
import { alone } from "./training/alone";
import { stood } from "./training/saved-training";
import { settingsRecipe } from "./training/settings-recipe";
import { TrainingShelf } from "./training/shelf";
import { trainBySettings } from "./training/train";
import { validSettings, validTraining } from "./training/valid-training";
import { search } from "./search";
import { searchKey, SearchedRows } from "./searched-rows";
import { Subnets } from "./subnets";
import { Turns } from "./turns";
import { validRecipe, validTextRecipe } from "./valid-recipe";
import type { Answer, Listener, WorkerApi } from "./worker-api";

/** The worker that owns the device, the sessions and all buffers. */

interface Open extends OpenedBackend {
  readonly pipeline: Pipeline;
  readonly subnets: Subnets;
}

const shelf = new TrainingShelf(openStore());
const masks = new MaskShelf(openStore("eigenband-masks"));
const models = new BrowserModels(shelf);
const texts = new OwnTexts(openStore);
const turns = new Turns();
const aborts = new Map<number, AbortController>();
/** What searches have found, apart from stored models. */
let searches: Promise<Store> | undefined;
let choice: BackendChoice | undefined;
let opened: Promise<Open> | undefined;

function open(): Promise<Open> {
  opened ??= openBackend(choice).then(
    (backend) => {
      // onnxruntime stays with its first device: the page hears this error and starts another worker.
      void backend.lost.then(() => reportError(new Error("the GPU was lost")));
      const subnets = new Subnets(backend.backend, masks);
      const pipeline = new Pipeline(backend.backend, models.load, texts.load, subnets);
      return { ...backend, subnets, pipeline };
    },
    (error: unknown) => {
      opened = undefined;
      throw error;
    },
  );
  return opened;
}

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, failure: failureOf(error, undefined) };
  }
}

/** Runs work that the page can stop by its number; tells of one failure, and ends when the page has heard all events. */
async function told<E extends { readonly kind: string }>(
  runId: number,
  onEvent: Listener<E | { readonly kind: "failed"; readonly failure: Failure }>,
  work: (signal: AbortSignal, emit: (event: E) => void) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  aborts.set(runId, controller);
  // Events reach the page in order, so the last one stands for all.
  let heard: ReturnType<Listener<E>> = undefined;
  const outcome = { failed: false };
  try {
    await work(controller.signal, (event) => {
      outcome.failed ||= event.kind === "failed";
      heard = onEvent(event);
    });
  } catch (error) {
    // The pipeline has told of its own failures.
    if (!outcome.failed) heard = onEvent({ kind: "failed", failure: failureOf(error, undefined) });
  } finally {
    aborts.delete(runId);
  }
  await heard;
}

async function searched(recipe: Recipe): Promise<SearchedRows> {
  searches ??= openStore("eigenband-searches");
  return SearchedRows.open(await searches, searchKey(recipe, (await open()).backend.kind));
}

/** Opens a model beside what runs, so that the page can stop it by its number. */
async function opening<T>(
  runId: number,
  onProgress: Listener<Progress>,
  work: (context: StageContext) => Promise<T>,
): Promise<Answer<T>> {
  const controller = new AbortController();
  aborts.set(runId, controller);
  try {
    const context = stageContext("model", controller.signal, (progress) => void onProgress(progress));
    return await answer(() => work(context));
  } finally {
    aborts.delete(runId);
  }
}

async function summaryOf(spec: ModelSpec, context: StageContext): Promise<ModelSummary> {
  const { backend } = await open();
  const model = await models.load({ model: spec }, backend, context);
  try {
    if (model.modality === "text") readingTokenizer(model);
    return model.summary;
  } finally {
    model.release();
  }
}

const api: WorkerApi = {
  choose: (backend) => {
    choice = backend;
  },
  probe: () => answer(async () => (await open()).report),
  run: (recipe, runId, onEvent) =>
    told<EngineEvent>(runId, onEvent, (signal, emit) =>
      turns.run(async () => {
        const { pipeline } = await open();
        await pipeline.run(validRecipe(recipe), signal, emit);
      }),
    ),
  scan: (recipe, spec, runId, onEvent) =>
    told<ScanEvent>(runId, onEvent, async (signal, emit) => {
      const { pipeline } = await open();
      const valid = validRecipe(withScanned(recipe, spec));
      await scan(pipeline, valid, spec, { signal, turn: (work) => turns.turn(work), emit });
    }),
  compareSources: (recipe, spec, runId, onEvent) =>
    told<SourceEvent>(runId, onEvent, async (signal, emit) => {
      const { pipeline } = await open();
      await compareSources(pipeline, turns, validTextRecipe(recipe), spec, signal, emit);
    }),
  adoptText: (recipe, file, runId, onProgress) =>
    opening(runId, onProgress, async (context) => {
      const { pipeline } = await open();
      const read = await texts.read(file);
      const text = await ownTextFacts(pipeline, turns, validTextRecipe(recipe), read, context);
      const notices: Notice[] = [];
      await texts.keep(read, { onNotice: (notice) => notices.push(notice) });
      return { text, notices };
    }),
  keepText: (file) => answer(async () => texts.keep(await texts.read(file), {})),
  ownText: (recipe, sha256) =>
    answer(async () => {
      const text = await texts.load(sha256);
      const { pipeline } = await open();
      const context = { signal: new AbortController().signal, onProgress: (): void => undefined };
      return ownTextFacts(pipeline, turns, validTextRecipe(recipe), { sha256, text }, context);
    }),
  search: (recipe, edits, runId, onEvent) =>
    told<SearchEvent>(runId, onEvent, async (signal, emit) => {
      const { pipeline } = await open();
      const rows = await searched(recipe);
      const valid = validRecipe(withSearched(recipe, edits));
      await search(pipeline, valid, edits, rows, { signal, turn: (work) => turns.turn(work), emit });
    }),
  searchedRows: (recipe) => answer(async () => (await searched(recipe)).rows),
  forgetSearched: (recipe) =>
    answer(async () => {
      await (await searched(recipe)).forget();
      return undefined;
    }),
  generate: (recipe, request, runId, onEvent) =>
    told<GenerationEvent>(runId, onEvent, (signal, emit) =>
      turns.turn(async () => {
        const { pipeline } = await open();
        signal.throwIfAborted();
        await generateUnder(pipeline, validRecipe(recipe), request, signal, emit);
      }),
    ),
  tokenLosses: (recipe, request) =>
    answer(() =>
      turns.turn(async () => {
        const { pipeline } = await open();
        return lossesUnder(pipeline, validRecipe(recipe), request);
      }),
    ),
  cancel: (runId) => {
    aborts.get(runId)?.abort(new DOMException("stopped", "AbortError"));
  },
  images: (recipe, indices, size) =>
    answer(() => {
      if (recipe.data.kind !== "shapes") throw new RangeError("images: the recipe is for text");
      const drawn = drawnImages(recipe.data, indices, size);
      return Promise.resolve(transfer(drawn, [drawn.buffer]));
    }),
  adopt: (files, runId, onProgress) =>
    opening(runId, onProgress, async (context) => {
      const sha256 = await models.adopt(files, context);
      return { sha256, summary: await summaryOf({ kind: "dropped", sha256 }, context) };
    }),
  inspect: (model, runId, onProgress) => opening(runId, onProgress, (context) => summaryOf(model, context)),
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
  masks: () => answer(() => masks.list()),
  forgetMasks: () =>
    answer(() =>
      turns.run(async () => {
        // What stopped in memory would be kept again.
        await (await open()).subnets.release();
        await masks.clear();
      }),
    ),
  train: (request, runId, onEvent) =>
    told<TrainingEvent>(runId, onEvent, async (signal, emit) => {
      const { backend } = await open();
      const host = { backend, shelf, inTurn: turns.turn.bind(turns) };
      await alone(() => trainBySettings(host, validTraining(request), signal, emit));
    }),
  trainings: () =>
    answer(async () => {
      const saved = await shelf.saved();
      return {
        stood: saved && stood(saved),
        interrupted: saved !== undefined && (await shelf.interrupted()),
        kept: await shelf.list(),
        lasting: await shelf.lasting(),
      };
    }),
  measureTraining: (settings) =>
    answer(() =>
      turns.turn(async () => trainingPace((await open()).backend, settingsRecipe(validSettings(settings)))),
    ),
  keepTrained: () =>
    answer(async () => {
      const saved = await shelf.saved();
      if (!saved) throw new LabError("Nothing has been trained yet.", "Start a training first.");
      const { kind } = (await open()).backend;
      return shelf.keep(saved, `onnxruntime-web, ${kind === "webgpu" ? "WebGPU" : "WebAssembly"}, float32`);
    }),
  removeTrained: (id) => answer(() => shelf.remove(id)),
  trainedFolder: (id) => answer(() => shelf.folder(id)),
};

expose(api);
