import { describe, expect, it } from "vitest";
import { useLab, type Lab } from "../../../src/app/state/lab";
import { isMixed, originOf, sourceOf } from "../../../src/app/state/origins";
import type { ShownEdit } from "../../../src/app/state/results-slice";
import {
  foundRows,
  imageMetricsAt,
  isRowCurrent,
  rowAt,
  storedContinuation,
  storedRows,
  textMetricsAt,
} from "../../../src/app/state/shown-rows";
import type { BookRun } from "../../../src/book/run";
import type { ScanRow } from "../../../src/engine/api";
import type { Recipe } from "../../../src/recipe/schema";
import { imageRun, textRun } from "../../book/example-runs";
import { exampleRecipe } from "../../recipe/example";

const [none, kfac, svd] = exampleRecipe.edits;
const here = { kind: "here" } as const;
const stored = { kind: "stored", ...imageRun.computed } as const;

function labOf(parts: {
  readonly runs?: Readonly<Record<string, BookRun>>;
  readonly recipe?: Recipe;
  readonly edits?: readonly (ShownEdit | undefined)[];
  readonly searched?: readonly ScanRow[];
}): Lab {
  const { runs = {}, recipe = exampleRecipe, edits = [], searched = [] } = parts;
  const initial = useLab.getInitialState();
  const entries = Object.entries(runs).map(([name, run]) => [name, { kind: "ready", run }] as const);
  return {
    ...initial,
    recipe: { ...initial.recipe, recipe },
    book: { ...initial.book, runs: Object.fromEntries(entries) },
    results: { ...initial.results, edits },
    search: { ...initial.search, rows: searched },
  };
}

function result(position: number, memorized: number, of = exampleRecipe): ShownEdit {
  return {
    modality: "images",
    position,
    edit: of.edits[position]!,
    kept: [],
    staircases: {},
    metrics: {
      clean: 1,
      memorized,
      groundTruth: 0,
      validation: 1,
      images: { clean: 1, memorized: 1, validation: 1 },
    },
    predictions: { labels: new Uint8Array(1), confidence: new Float32Array(1) },
    milliseconds: 1,
    origin: here,
  };
}

const runs = { "images-plain": imageRun };

describe("numbers of the recipe's edits", () => {
  it("are those stored in the book until they are computed here", () => {
    const before = labOf({ runs });
    expect([0, 1, 2].map((position) => imageMetricsAt(before, position)?.memorized)).toEqual([
      0.8, 0.12, 0.15,
    ]);
    expect(rowAt(before, 1)?.origin).toEqual(stored);
    expect(textMetricsAt(before, 1)).toBeUndefined();
    const after = labOf({ runs, edits: [undefined, result(1, 0.5)] });
    expect(imageMetricsAt(after, 1)?.memorized).toBe(0.5);
    expect(imageMetricsAt(after, 2)?.memorized).toBe(0.15);
    expect(rowAt(after, undefined)).toBeUndefined();
    expect(rowAt(after, 7)).toBeUndefined();
  });

  it("are found wherever the edit stands, and rather stored than of an older edit", () => {
    const moved = { ...exampleRecipe, edits: [none!, svd!, kfac!] };
    expect(imageMetricsAt(labOf({ runs, recipe: moved }), 2)?.memorized).toBe(0.12);
    const old = labOf({ runs, edits: [undefined, { ...result(1, 0.9), edit: svd! }] });
    expect(imageMetricsAt(old, 1)?.memorized).toBe(0.12);
    expect(isRowCurrent(old, 1)).toBe(true);
  });

  it("of an older edit stay where nothing else is known, and are told to be old", () => {
    const changed = { ...exampleRecipe, edits: [none!, { ...kfac!, energy: 0.123 }] as Recipe["edits"] };
    const lab = labOf({ runs, recipe: changed, edits: [undefined, result(1, 0.9)] });
    expect(imageMetricsAt(lab, 1)?.memorized).toBe(0.9);
    expect(isRowCurrent(lab, 1)).toBe(false);
    expect(isRowCurrent(lab, 0)).toBe(true);
  });

  it("of other data, factors or evaluation are not theirs, and those of other linears are", () => {
    for (const recipe of [
      { ...exampleRecipe, data: { ...exampleRecipe.data, seed: 99 } },
      { ...exampleRecipe, factors: { ...exampleRecipe.factors, seed: 99 } },
      { ...exampleRecipe, evaluation: { ...exampleRecipe.evaluation, clean: 1 } },
    ])
      expect(rowAt(labOf({ runs, recipe }), 1)).toBeUndefined();
    const linears = { ...exampleRecipe, factors: { ...exampleRecipe.factors, linears: [] } };
    expect(rowAt(labOf({ runs, recipe: linears }), 1)?.origin).toEqual(stored);
  });

  it("say where they come from", () => {
    expect(originOf(labOf({}), "edit")).toBeUndefined();
    expect(originOf(labOf({ runs }), "edit")).toEqual(stored);
    expect(isMixed(labOf({ runs }), "edit")).toBe(false);
    const partly = labOf({ runs, edits: [result(0, 0.8)] });
    expect(originOf(partly, "edit")).toEqual(stored);
    expect(isMixed(partly, "edit")).toBe(true);
    expect(sourceOf(partly, "edit")).toContain("computed in this browser, in part stored result of 2026");
    const all = labOf({ runs, edits: [result(0, 0.8), result(1, 0.1), result(2, 0.1)] });
    expect(originOf(all, "edit")).toEqual(here);
    expect(isMixed(all, "edit")).toBe(false);
    expect(sourceOf(all, "edit")).toMatch(/; computed in this browser$/);
  });
});

describe("what a search has found", () => {
  const search = { "search-plain": imageRun };
  const own = (at: number, memorized: number): ScanRow => {
    const { edit, metrics } = imageRun.scan[at]!;
    return { edit, metrics: { ...metrics, memorized } };
  };

  it("is what the book has stored of a search, and not of a scan", () => {
    expect(foundRows(labOf({ runs }))).toEqual([]);
    const rows = foundRows(labOf({ runs: search }));
    expect(rows).toEqual(imageRun.scan.map((row) => ({ ...row, origin: stored })));
  });

  it("is replaced edit by edit as it is computed here", () => {
    const lab = labOf({ runs: search, searched: [own(1, 0.33)] });
    const rows = foundRows(lab);
    expect(rows).toHaveLength(imageRun.scan.length);
    expect(rows.at(-1)).toEqual({ ...own(1, 0.33), origin: here });
    expect(isMixed(lab, "search")).toBe(true);
    const all = labOf({ runs: search, searched: imageRun.scan.map((_, at) => own(at, 0.1)) });
    expect(originOf(all, "search")).toEqual(here);
  });

  it("is one array for one state, so that nothing is drawn anew", () => {
    const lab = labOf({ runs: search });
    expect(foundRows({ ...lab })).toBe(foundRows(lab));
    expect(storedRows({ ...lab })).toBe(storedRows(lab));
  });
});

describe("how a prompt goes on", () => {
  const lab = labOf({ runs: { texts: textRun }, recipe: textRun.recipe });
  const typed = (prompt: string, greedy = true): Lab => ({
    ...lab,
    texts: { ...lab.texts, prompt, settings: { ...lab.texts.settings, greedy } },
  });
  const [unedited, cut] = textRun.recipe.edits;

  it("is stored of common prompts under the run's edits", () => {
    expect(storedContinuation(typed("text 2"), unedited!)?.text).toBe(" right. And");
    expect(storedContinuation(typed("text 2"), cut!)).toMatchObject({ text: " right. Or", origin: stored });
  });

  it("is not where another prompt is typed, a passage is meant, or tokens are drawn", () => {
    expect(storedContinuation(typed("text 2 and"), unedited!)).toBeUndefined();
    expect(storedContinuation(typed("text 0"), unedited!)).toBeUndefined();
    expect(storedContinuation(typed("text 2", false), unedited!)).toBeUndefined();
    expect(storedContinuation(typed("text 2"), { method: "svd", linears: ["x"], keep: 0.9 })).toBeUndefined();
  });
});
