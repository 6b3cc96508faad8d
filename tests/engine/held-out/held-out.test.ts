import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderLoader } from "../../../src/cli/node-loader";
import { editOf, HeldOut, memoryLeft, type HeldOutSpec } from "../../../src/engine/held-out/held-out";
import { Pipeline } from "../../../src/engine/pipeline";
import type { TextRecipe } from "../../../src/recipe/schema";
import { createNodeBackend } from "../../../src/runtime/node";
import type { EditSpec } from "../../../src/stages/edit/types";
import { textExample } from "../../recipe/text-example";

/** The shipped model, with twelve passages and few windows. */

const linears = [0, 1, 2].map((layer) => `model.layers.${layer}.mlp.down_proj.weight`);
const cut: EditSpec = { method: "kfac", linears, energy: 0.4, selection: "pairs" };
const recipe: TextRecipe = {
  ...textExample,
  data: { ...textExample.data, plants: 12 },
  factors: { ...textExample.factors, linears, windows: 16 },
  edits: [{ method: "none" }, cut],
  evaluation: { planted: 12, heldOut: 0, quotes: 0, freshWindows: 3 },
};
const spec: HeldOutSpec = {
  linears,
  floor: 0.9,
  levels: [1, 0.8, 0.6, 0.4],
  moves: [1],
  rounds: 2,
  choosing: [
    { seed: 24, windows: 2 },
    { seed: 26, windows: 2 },
  ],
  even: 0.6,
  // The text that the recipe itself is evaluated on, and another.
  judging: [
    { seed: recipe.data.seed, windows: 3 },
    { seed: 25, windows: 2 },
  ],
};
const context = { signal: new AbortController().signal, onProgress: (): void => undefined };
const opened = (): Pipeline => new Pipeline(createNodeBackend(), folderLoader("public/models"));
const pipeline = opened();
let check: HeldOut;

beforeAll(async () => {
  check = await HeldOut.open(pipeline, recipe, [cut], spec, context);
}, 120_000);
afterAll(() => pipeline.release());

describe("a check on held-out passages", { timeout: 120_000 }, () => {
  it("judges an edit as a run of the recipe does", async () => {
    const [unedited, judged] = await check.judge([{ method: "none" }, cut]);
    expect(unedited!.judging.every((ndcg) => Math.abs(ndcg - 1) < 1e-12)).toBe(true);
    const other = opened();
    await other.run(recipe, context.signal, () => undefined, "spectrum");
    for (const [edit, one] of [
      [recipe.edits[0]!, unedited!],
      [cut, judged!],
    ] as const) {
      const { metrics } = await other.evaluate(recipe, edit, context, "scored");
      if (!("ndcg" in metrics)) throw new Error("expected text");
      const both = (one.strict["first-half"] + one.strict["second-half"]) / 2;
      expect(both).toBeCloseTo(metrics.planted.strict, 12);
      expect(one.judging[0]).toBeCloseTo(metrics.ndcg, 9);
    }
    await other.release();
    expect(judged!.strict["first-half"]).toBeLessThan(unedited!.strict["first-half"]);
    expect(judged!.judging[1]).not.toBe(judged!.judging[0]);
  });

  it("chooses a cut that keeps the floor on the text that it sees, and tells of every energy tried", async () => {
    const told: number[] = [];
    const { edit, on, tried } = await check.choose("second-half", (count) => told.push(count));
    expect(on).toBe("second-half");
    expect(told).toEqual(Array.from({ length: tried }, (_, i) => i + 1));
    const [judged, unedited] = await check.judge([edit, { method: "none" }]);
    // On the first text alone, with the correction.
    expect(judged!.choosing).toBeGreaterThanOrEqual(spec.floor - 0.02);
    expect(judged!.strict["second-half"]).toBeLessThanOrEqual(unedited!.strict["second-half"]);
    for (const linear of edit.linears)
      expect(spec.levels.slice(1)).toContain(edit.energies?.[linear] ?? edit.energy);
  });

  it("is stopped by its signal", async () => {
    const controller = new AbortController();
    const stopped = await HeldOut.open(pipeline, recipe, [cut], spec, {
      ...context,
      signal: controller.signal,
    });
    const choosing = stopped.choose("first-half", () => {
      controller.abort(new DOMException("stopped", "AbortError"));
    });
    await expect(choosing).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("an edit of chosen energies", () => {
  it("leaves out what is left as it is, and names the energies that differ from the highest", () => {
    expect(editOf(["a", "b", "c"], { a: 1, b: 0.8, c: 0.9 })).toEqual({
      method: "kfac",
      linears: ["b", "c"],
      energy: 0.9,
      selection: "pairs",
      energies: { b: 0.8 },
    });
    expect(editOf(["a", "b"], { a: 0.8, b: 0.8 })).not.toHaveProperty("energies");
    expect(editOf(["a"], { a: 1 })).toEqual({ method: "none" });
  });
});

describe("memory left", () => {
  it("is 1 of a passage recited exactly, and half for every wrong token", () => {
    expect(memoryLeft({ wrong: [0] })).toBe(1);
    expect(memoryLeft({ wrong: [0, 1, 2, 48] })).toBeCloseTo((1 + 0.5 + 0.25 + 2 ** -48) / 4, 12);
  });
});
