import { describe, expect, it } from "vitest";
import {
  isCurrent,
  noResults,
  overStored,
  resultsAfter,
  resultsFor,
  storedResultsFor,
  type Results,
} from "../../../src/app/state/results-slice";
import type { ImageEditResult, EngineEvent, ScanRow } from "../../../src/engine/api";
import type { StoredResults } from "../../../src/engine/client";
import { usualSubnet } from "../../../src/recipe/balanced-subnet";
import type { ImageRecipe } from "../../../src/recipe/schema";
import type { ImageRecord } from "../../../src/stages/data/types";
import { exampleRecipe } from "../../recipe/example";

const records: ImageRecord[] = [{ index: 3, group: "memorized", trueLabel: 1, givenLabel: 2 }];

function resultOf(position: number, recipe: ImageRecipe = exampleRecipe): ImageEditResult {
  const edit = recipe.edits[position];
  if (edit === undefined) throw new Error(`no edit ${String(position)}`);
  return {
    modality: "images",
    position,
    edit,
    kept: [],
    staircases: {},
    metrics: {
      clean: 1,
      memorized: position / 10,
      groundTruth: 0,
      validation: 1,
      images: { clean: 1, memorized: 1, validation: 1 },
    },
    predictions: { labels: new Uint8Array([position]), confidence: new Float32Array([1]) },
    milliseconds: 1,
  };
}

const events: EngineEvent[] = [
  {
    kind: "data",
    summary: {
      modality: "images",
      classNames: ["a", "b", "c"],
      trainingImages: 10,
      noisedImages: 2,
      validationImages: 5,
    },
  },
  { kind: "spectrum", spectra: [] },
  { kind: "images", records },
  ...[0, 1, 2].map((position) => ({ kind: "edit" as const, result: resultOf(position) })),
];

const here = { kind: "here" } as const;
const all = (): Results => events.reduce((results, event) => resultsAfter(results, event, here), noResults);
const stored: StoredResults = {
  version: 1,
  recipe: exampleRecipe,
  events,
  scan: [],
  computed: { date: "2026-11-23", device: "test" },
};

describe("resultsAfter", () => {
  it("notes for every part where it comes from", () => {
    expect(all().origins).toEqual({ data: here, spectrum: here, images: here, edit: here });
  });

  it("keeps edits by position, whatever order they come in", () => {
    const results = resultsAfter(noResults, { kind: "edit", result: resultOf(2) }, here);
    expect(results.edits.map((edit) => edit?.position)).toEqual([undefined, undefined, 2]);
  });

  it("drops predictions when the images they refer to change", () => {
    const other = records.map((record) => ({ ...record, index: 4 }));
    expect(resultsAfter(all(), { kind: "images", records: other }, here).edits).toEqual([]);
    expect(resultsAfter(all(), { kind: "images", records: [...records] }, here).edits).toHaveLength(3);
  });
});

describe("evaluated edits", () => {
  const other: ImageRecipe = {
    ...exampleRecipe,
    edits: exampleRecipe.edits.map((edit) => (edit.method === "kfac" ? { ...edit, energy: 0.5 } : edit)),
  };

  it("stay when the edit changes, each once and with its newest numbers", () => {
    const moved = resultsFor(all(), exampleRecipe, other);
    const more = resultsAfter(moved, { kind: "edit", result: resultOf(1, other) }, here);
    expect(more.evaluated.map(({ edit }) => edit)).toEqual([...exampleRecipe.edits, other.edits[1]]);
    const again = resultsAfter(more, { kind: "edit", result: resultOf(1, other) }, here);
    expect(again.evaluated).toHaveLength(4);
  });

  it("go with the factors, the evaluation or the images they were measured with", () => {
    const factors: ImageRecipe = { ...exampleRecipe, factors: { ...exampleRecipe.factors, seed: 99 } };
    expect(resultsFor(all(), exampleRecipe, factors).evaluated).toEqual([]);
    const evaluation: ImageRecipe = {
      ...exampleRecipe,
      evaluation: { clean: 1, memorized: 1, validation: 1 },
    };
    expect(resultsFor(all(), exampleRecipe, evaluation).evaluated).toEqual([]);
    const images = records.map((record) => ({ ...record, index: 4 }));
    expect(resultsAfter(all(), { kind: "images", records: images }, here).evaluated).toEqual([]);
  });
});

describe("resultsFor", () => {
  it("keeps nothing of another model", () => {
    const other: ImageRecipe = { ...exampleRecipe, model: { kind: "shipped", name: "other" } };
    expect(resultsFor(all(), exampleRecipe, other)).toBe(noResults);
  });

  it("keeps an edit's result when another edit is removed before it", () => {
    const [none, , svd] = exampleRecipe.edits;
    const fewer: ImageRecipe = { ...exampleRecipe, edits: [none!, svd!] };
    const results = resultsFor(all(), exampleRecipe, fewer);
    expect(results.edits[1]?.metrics).toMatchObject({ memorized: 0.2 });
    expect(isCurrent(results, fewer, 1)).toBe(true);
  });

  it("leaves the old result of a changed edit to be seen, and knows that it is old", () => {
    const edits = exampleRecipe.edits.map((edit) =>
      edit.method === "kfac" ? { ...edit, energy: 0.5 } : edit,
    );
    const changed: ImageRecipe = { ...exampleRecipe, edits };
    const results = resultsFor(all(), exampleRecipe, changed);
    expect(results.edits[1]?.metrics).toMatchObject({ memorized: 0.1 });
    expect(isCurrent(results, changed, 1)).toBe(false);
    expect(isCurrent(results, changed, 2)).toBe(true);
  });

  it("drops K-FAC results when the factors change, and keeps SVD results", () => {
    const changed: ImageRecipe = { ...exampleRecipe, factors: { ...exampleRecipe.factors, seed: 99 } };
    expect(resultsFor(all(), exampleRecipe, changed).edits.map((edit) => edit?.position)).toEqual([
      0,
      undefined,
      2,
    ]);
  });

  it("keeps K-FAC results when only more linears are analysed", () => {
    const linears = [...exampleRecipe.factors.linears, "vit.encoder.layer.0.output.dense.weight"];
    const changed: ImageRecipe = { ...exampleRecipe, factors: { ...exampleRecipe.factors, linears } };
    expect(resultsFor(all(), exampleRecipe, changed).edits[1]?.position).toBe(1);
  });
});

describe("stored results", () => {
  it("show what a run would, marked with date and device", () => {
    const results = storedResultsFor(stored, exampleRecipe);
    const origin = { kind: "stored", ...stored.computed };
    expect(results.edits).toEqual(all().edits.map((edit) => ({ ...edit, origin })));
    expect(results.origins.edit).toEqual({ kind: "stored", date: "2026-11-23", device: "test" });
  });

  it("of another model are not shown", () => {
    const other: ImageRecipe = { ...exampleRecipe, model: { kind: "shipped", name: "other" } };
    expect(storedResultsFor(stored, other)).toBe(noResults);
  });

  it("that come late do not hide what was computed here", () => {
    const live = resultsAfter(
      noResults,
      { kind: "edit", result: { ...resultOf(1), milliseconds: 77 } },
      here,
    );
    const results = overStored(storedResultsFor(stored, exampleRecipe), live);
    expect(results.edits[1]?.milliseconds).toBe(77);
    expect(results.origins.edit).toBe(here);
    expect(results.origins.data?.kind).toBe("stored");
    expect(results.records).toEqual(records);
  });

  it("of a scan are replaced row by row", () => {
    const row = (energy: number, memorized: number): ScanRow => ({
      edit: { method: "kfac", linears: ["a"], energy, selection: "pairs" },
      metrics: { ...resultOf(1).metrics, memorized },
    });
    const scanned = storedResultsFor({ ...stored, scan: [row(0.5, 0.1), row(0.6, 0.2)] }, exampleRecipe);
    expect(scanned.scan.map(({ origin }) => origin.kind)).toEqual(["stored", "stored"]);
    const live = { ...noResults, scan: [{ ...row(0.6, 0.3), origin: here }] };
    expect(overStored(scanned, live).scan).toEqual([
      { ...row(0.5, 0.1), origin: { kind: "stored", ...stored.computed } },
      { ...row(0.6, 0.3), origin: here },
    ]);
  });
});

describe("a mask that is being learned", () => {
  const edit = { method: "balanced-subnet", linears: ["a"], ...usualSubnet } as const;
  const training = { curve: [{ step: 1, forget: 1, retain: 2 }], steps: 3, forget: 1, retain: 2 };
  const learning = resultsAfter(all(), { kind: "subnet", position: 2, edit, training }, here);

  it("is shown until its edit has come, whatever other edits come", () => {
    expect(learning.learning).toEqual({ edit, training });
    const other = resultsAfter(learning, { kind: "edit", result: resultOf(1) }, here);
    expect(other.learning).toEqual({ edit, training });
    const own = { ...resultOf(2), edit, training };
    expect(resultsAfter(learning, { kind: "edit", result: own }, here).learning).toBeUndefined();
  });

  it("tells what it went on from", () => {
    const event = { kind: "subnet", position: 2, edit, training, from: 1 } as const;
    expect(resultsAfter(all(), event, here).learning).toEqual({ edit, training, from: 1 });
  });

  it("goes with the model it was of", () => {
    const other = { ...exampleRecipe, data: { ...exampleRecipe.data, seed: 9 } };
    expect(resultsFor(learning, exampleRecipe, exampleRecipe).learning).toEqual({ edit, training });
    expect(resultsFor(learning, exampleRecipe, other).learning).toBeUndefined();
  });
});
