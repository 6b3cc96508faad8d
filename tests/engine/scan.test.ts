import { describe, expect, it } from "vitest";
import type { ScanEvent } from "../../src/engine/api";
import type { Pipeline } from "../../src/engine/pipeline";
import { scan, scanEdits, withScanned } from "../../src/engine/scan";
import type { ImageRecipe } from "../../src/recipe/schema";
import { validateRecipe } from "../../src/recipe/validate";
import { createNodeBackend } from "../../src/runtime/node";
import { imageResult } from "../support/image-result";
import { recipeOfSeed, runAll, tinyPipeline } from "../support/tiny-pipeline";
import { tinyLinears, tinyRecipe } from "../support/tiny-vit";

const recipe = tinyRecipe("0".repeat(64));
const [first = "", second = ""] = tinyLinears;

it("edits each linear alone, by every energy and by every share", () => {
  const edits = scanEdits({ linears: [first, second], energies: [0.5, 0.8], keeps: [0.1] });
  expect(edits).toEqual([
    { method: "kfac", linears: [first], energy: 0.5, selection: "pairs" },
    { method: "kfac", linears: [first], energy: 0.8, selection: "pairs" },
    { method: "svd", linears: [first], keep: 0.1 },
    { method: "kfac", linears: [second], energy: 0.5, selection: "pairs" },
    { method: "kfac", linears: [second], energy: 0.8, selection: "pairs" },
    { method: "svd", linears: [second], keep: 0.1 },
  ]);
});

it("asks for factors of the recipe's linears and of the scanned ones, each once, and leaves the rest", () => {
  const spec = { linears: [second, first], energies: [], keeps: [] };
  const scanned = withScanned(recipe, spec);
  expect(scanned).toEqual({ ...recipe, factors: { ...recipe.factors, linears: [first, second] } });
  expect(validateRecipe(scanned).ok).toBe(true);
  expect(recipe.factors.linears).toEqual([first]);
});

describe("a scan of a recipe whose edit goes by EK-FAC", () => {
  const ekfac = {
    method: "kfac",
    linears: [first],
    energy: 0.8,
    selection: "pairs",
    ranking: "ekfac",
  } as const;
  const own: ImageRecipe = { ...recipeOfSeed(1), edits: [{ method: "none" }, ekfac] };
  const spec = { linears: [first, second], energies: [0.5, 0.8], keeps: [0.1] };
  const context = { signal: new AbortController().signal, onProgress: (): void => undefined };

  async function scanned(lab: Pipeline, between?: (row: number) => Promise<unknown>): Promise<ScanEvent[]> {
    const events: ScanEvent[] = [];
    const { signal } = new AbortController();
    let rows = 0;
    await scan(lab, own, spec, {
      signal,
      turn: async (work) => {
        if (rows > 0) await between?.(rows);
        rows++;
        return work();
      },
      emit: (event) => events.push(event),
    });
    return events;
  }

  const rowsOf = (events: readonly ScanEvent[]) => events.filter(({ kind }) => kind === "row");
  /** How often counting began for a pass over the data of this name. */
  const passes = (events: readonly ScanEvent[], name: string): number => {
    const done = events.flatMap((event) =>
      event.kind === "progress" && event.progress.stage === "factors" && event.progress.unit.includes(name)
        ? [event.progress.done]
        : [],
    );
    return done.filter((count, at) => at === 0 || count <= (done[at - 1] ?? 0)).length;
  };

  it("makes no second pass, whether the recipe has been run or not", async () => {
    const fresh = await scanned(tinyPipeline(createNodeBackend()));
    const lab = tinyPipeline(createNodeBackend());
    await runAll(lab, own);
    const after = await scanned(lab);
    for (const events of [fresh, after]) {
      expect(rowsOf(events)).toHaveLength(6);
      expect([passes(events, ""), passes(events, "second pass")]).toEqual([1, 0]);
    }
    expect(rowsOf(after)).toEqual(rowsOf(fresh));
  });

  it("makes none either where runs of other recipes come between its rows", async () => {
    const lab = tinyPipeline(createNodeBackend());
    const other = { ...own, factors: { ...own.factors, images: 80 } };
    const events = await scanned(lab, (row) => (row % 2 === 0 ? runAll(lab, other) : Promise.resolve()));
    expect(passes(events, "second pass")).toBe(0);
    expect(rowsOf(events)).toHaveLength(6);
  });

  it("leaves the recipe's own edit ready, as it was before", async () => {
    const lab = tinyPipeline(createNodeBackend());
    await runAll(lab, own);
    const before = await lab.evaluate(own, ekfac, context);
    await scanned(lab);
    expect(lab.holds(own, ekfac)).toBe(true);
    const after = await lab.evaluate(own, ekfac, context);
    expect(imageResult(after).predictions).toEqual(imageResult(before).predictions);
    expect(after.kept).toEqual(before.kept);
    const again = await runAll(lab, own);
    const collected = again.filter((event) => event.kind === "stage-started" && event.stage === "factors");
    expect(collected).toEqual([{ kind: "stage-started", stage: "factors", cached: true }]);
  });
});
