import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderLoader } from "../../src/cli/node-loader";
import type { EngineEvent, SourceEvent, SourceResult } from "../../src/engine/api";
import { compareSources } from "../../src/engine/compare-sources";
import { OwnTexts } from "../../src/engine/own-texts";
import { ownTextFacts } from "../../src/engine/own-text-facts";
import { Pipeline } from "../../src/engine/pipeline";
import { Turns } from "../../src/engine/turns";
import { openStore } from "../../src/files/store";
import type { TextRecipe } from "../../src/recipe/schema";
import { withSource } from "../../src/recipe/text-source";
import { createNodeBackend } from "../../src/runtime/node";
import { freshText } from "../../src/stages/data/corpus/fresh-documents";
import type { EditSpec } from "../../src/stages/edit/types";
import type { LinearSpectrum } from "../../src/stages/spectrum/types";
import { textExample } from "../recipe/text-example";

/** Factors of several texts, on the shipped model with few windows. */

const linears = ["up", "down"].map((role) => `model.layers.1.mlp.${role}_proj.weight`);
const kfac: EditSpec = { method: "kfac", linears, energy: 0.3, selection: "pairs" };
const recipe: TextRecipe = {
  ...textExample,
  data: { ...textExample.data, pieces: 20_000, plants: 4, quotes: 2 },
  factors: { ...textExample.factors, linears, windows: 12 },
  edits: [{ method: "none" }, kfac],
  evaluation: { planted: 2, heldOut: 0, quotes: 0, freshWindows: 1 },
};
const signal = new AbortController().signal;
const quiet = { signal, onProgress: () => undefined };
const backend = createNodeBackend();
const texts = new OwnTexts(openStore);
/** Eight or nine windows: fewer than the recipe asks for. */
const ownText = freshText(77, "retain", 1250).join("\n\n");
let own = "";

function newPipeline(): Pipeline {
  return new Pipeline(backend, folderLoader("public/models"), texts.load);
}

async function adopt(text: string): Promise<string> {
  const read = await texts.read(new File([text], "own.txt"));
  await texts.keep(read, {});
  return read.sha256;
}

async function compared(
  pipeline: Pipeline,
  sources: readonly string[],
  options: {
    turns?: Turns;
    signal?: AbortSignal;
    onEvent?: (event: SourceEvent) => void;
    edit?: EditSpec;
  } = {},
): Promise<SourceResult[]> {
  const results: SourceResult[] = [];
  await compareSources(
    pipeline,
    options.turns ?? new Turns(),
    recipe,
    { sources, edit: options.edit ?? kfac },
    options.signal ?? signal,
    (event) => {
      if (event.kind === "source") results.push(event.result);
      options.onEvent?.(event);
    },
  );
  return results;
}

interface Alone {
  readonly spectra: readonly LinearSpectrum[];
  readonly samples: number;
  readonly windows: number;
  readonly strict: number;
  readonly ndcg: number;
  readonly kept: number;
}

const known = new Map<string, Promise<Alone>>();

/** What a run of its own makes of one source. */
function alone(source: string): Promise<Alone> {
  const before = known.get(source) ?? runAlone(source);
  known.set(source, before);
  return before;
}

async function runAlone(source: string): Promise<Alone> {
  const pipeline = newPipeline();
  const events: EngineEvent[] = [];
  await pipeline.run(withSource(recipe, source), signal, (event) => events.push(event));
  await pipeline.release();
  const last = <K extends EngineEvent["kind"]>(kind: K): Extract<EngineEvent, { kind: K }> =>
    events.findLast((event): event is Extract<EngineEvent, { kind: K }> => event.kind === kind)!;
  const { result } = last("edit");
  if (result.modality !== "text") throw new Error("expected text");
  const { metrics, kept } = result;
  return {
    spectra: last("spectrum").spectra,
    samples: last("factors").factors[0]!.samples,
    windows: last("factors").samples,
    strict: metrics.planted.strict,
    ndcg: metrics.ndcg,
    kept: kept[0]!.kept,
  };
}

beforeAll(async () => {
  own = await adopt(ownText);
});

describe("factors of several texts", { timeout: 240_000 }, () => {
  const pipeline = newPipeline();
  let results: SourceResult[] = [];
  beforeAll(async () => {
    results = await compared(pipeline, ["fresh", "mixture", own]);
  }, 240_000);
  afterAll(() => pipeline.release());

  it("held beside one another are those of each text alone, and so is what the edit does with them", async () => {
    expect(results.map(({ source }) => source)).toEqual(["fresh", "mixture", own]);
    for (const { source, spectra, factors, edit } of results) {
      const expected = await alone(source);
      expect(spectra).toEqual(expected.spectra);
      expect(factors.map(({ samples }) => samples)).toEqual([expected.samples, expected.samples]);
      const metrics = edit!.metrics;
      if (!("ndcg" in metrics)) throw new Error("expected text");
      expect([metrics.planted.strict, metrics.ndcg]).toEqual([expected.strict, expected.ndcg]);
      expect(metrics.planted.loose, "no text was written").toBeUndefined();
      expect(edit!.kept[0]!.kept).toBe(expected.kept);
    }
    const [fresh, mixture, mine] = results.map(({ spectra }) => spectra[0]!.lambda[0]);
    expect(new Set([fresh, mixture, mine]).size, "the texts differ").toBe(3);
  });

  it("have the sums of their eigenvalues as traces, and as many tokens as their windows", () => {
    for (const { factors, spectra, source } of results) {
      for (const [i, { traceA, traceG, samples }] of factors.entries()) {
        const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);
        expect(traceA).toBe(sum(spectra[i]!.lambda));
        expect(traceG).toBe(sum(spectra[i]!.mu));
        expect(samples % 160).toBe(0);
        if (source === own) expect(samples / 160).toBeLessThan(12);
        else expect(samples / 160).toBe(12);
      }
    }
  });

  it("are all of a text that has fewer windows than are asked for", async () => {
    const facts = await ownTextFacts(pipeline, new Turns(), recipe, { sha256: own, text: ownText }, quiet);
    expect(facts.windows).toBeLessThan(12);
    expect(results[2]!.factors[0]!.samples).toBe(160 * facts.windows);
    expect(facts.opening.length).toBeGreaterThan(20);
    expect(ownText.replaceAll(/\s+/g, " ").startsWith(facts.opening)).toBe(true);
  });

  it("are not collected again for another energy", async () => {
    const stages: string[] = [];
    const weaker = { ...kfac, energy: 0.9 };
    const again = await compared(pipeline, ["fresh", own], {
      edit: weaker,
      onEvent: (event) => {
        if (event.kind === "progress") stages.push(event.progress.stage);
      },
    });
    expect(stages).toEqual([]);
    expect(again[0]!.edit!.kept[0]!.kept).toBeGreaterThan(results[0]!.edit!.kept[0]!.kept);
  });

  it("take as many bytes as their matrices have, and are given back when no longer asked for", async () => {
    const model = await pipeline.model(recipe, quiet);
    const shapes = model.summary.linears.filter(({ id }) => linears.includes(id));
    expect(shapes).toHaveLength(2);
    const floats = shapes.reduce(
      (sum, { inputs, outputs }) => sum + 2 * (inputs ** 2 + outputs ** 2) + inputs * outputs,
      0,
    );
    expect(results.map(({ bytes }) => bytes)).toEqual([4 * floats, 4 * floats, 4 * floats]);
    await compared(pipeline, ["fresh", own]);
    const bytes = (source: string): number => pipeline.factorsOf(withSource(recipe, source)).bytes;
    expect([bytes("fresh"), bytes("mixture"), bytes(own)]).toEqual([4 * floats, 0, 4 * floats]);
    // The next run of the recipe in use keeps what stands beside it; one with other draws has no use for either.
    await pipeline.run(recipe, signal, () => undefined, "spectrum");
    expect([bytes("fresh"), bytes(own)]).toEqual([4 * floats, 4 * floats]);
    const other = { ...recipe, factors: { ...recipe.factors, seed: 5 } };
    await pipeline.run(other, signal, () => undefined, "spectrum");
    expect([bytes("fresh"), bytes("mixture"), bytes(own)]).toEqual([0, 0, 0]);
  });
});

describe("a comparison under way", { timeout: 240_000 }, () => {
  it("lets a run go first, and then gives what it gives without one", async () => {
    const pipeline = newPipeline();
    const turns = new Turns();
    const order: string[] = [];
    let run: Promise<void> | undefined;
    const results = await compared(pipeline, ["mixture"], {
      turns,
      onEvent: (event) => {
        if (event.kind === "source") order.push("source");
        if (event.kind !== "progress" || event.progress.stage !== "factors" || run) return;
        run = turns.run(() =>
          pipeline
            .run(recipe, signal, () => undefined)
            .then(() => {
              order.push("run");
            }),
        );
      },
    });
    await run;
    expect(order).toEqual(["run", "source"]);
    const expected = await alone("mixture");
    expect(results[0]!.spectra).toEqual(expected.spectra);
    await pipeline.release();
  });

  it("ends when stopped, and goes on from the windows it had", async () => {
    const pipeline = newPipeline();
    const controller = new AbortController();
    const seen: number[] = [];
    const note = (event: SourceEvent): void => {
      if (event.kind === "progress" && event.progress.unit === "windows") seen.push(event.progress.done);
    };
    const stopped = compared(pipeline, ["fresh"], {
      signal: controller.signal,
      onEvent: (event) => {
        note(event);
        if (seen.length === 1) controller.abort(new DOMException("stopped", "AbortError"));
      },
    });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    const [before] = seen.splice(0);
    const [result] = await compared(pipeline, ["fresh"], { onEvent: note });
    if (before! < 12) expect(seen[0]).toBeGreaterThan(before!);
    expect(result!.spectra).toEqual((await alone("fresh")).spectra);
    await pipeline.release();
  });
});

describe("own texts", () => {
  it("are found again by their hash from the store, by another instance", async () => {
    const store = await openStore();
    const [first, second] = [
      new OwnTexts(() => Promise.resolve(store)),
      new OwnTexts(() => Promise.resolve(store)),
    ];
    const text = "An owl 🦉 and no more.";
    const read = await first.read(new File([text], "owl.txt"));
    await first.keep(read, {});
    expect(await second.load(read.sha256)).toBe(text);
    await store.put(`text-${read.sha256}`, (write) => write(new TextEncoder().encode("spoiled")));
    const third = new OwnTexts(() => Promise.resolve(store));
    await expect(third.load(read.sha256)).rejects.toThrow(/does not have/);
  });

  it("that this browser does not have stop a run with a reason and a way out", async () => {
    const pipeline = newPipeline();
    const told: EngineEvent[] = [];
    const missing = withSource(recipe, "ab".repeat(32));
    await expect(pipeline.run(missing, signal, (event) => told.push(event))).rejects.toThrow(
      /SHA-256 abababab…/,
    );
    const failed = told.find((event) => event.kind === "failed");
    const { stage, remedy } = failed!.failure;
    expect(stage).toBe("factors");
    expect(remedy).toMatch(/same text again, or choose fresh text/);
    // What was there stays usable.
    await pipeline.run(recipe, signal, () => undefined, "spectrum");
    await pipeline.release();
  });

  it("too short for one window are refused, whoever asks", async () => {
    const short = await adopt("Not much of a text.");
    const pipeline = newPipeline();
    const run = pipeline.run(withSource(recipe, short), signal, () => undefined);
    await expect(run).rejects.toThrow(/tokens; the model reads it in windows of 160/);
    await pipeline.release();
  });
});
