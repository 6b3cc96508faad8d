import { describe, expect, it } from "vitest";
import type { EngineEvent, ImageEditResult } from "../../src/engine/api";
import type { ImageRecipe } from "../../src/recipe/schema";
import { createNodeBackend } from "../../src/runtime/node";
import type { EditSpec } from "../../src/stages/edit/types";
import { imageResult } from "../support/image-result";
import { recipeOfSeed, runAll, tinyPipeline, told } from "../support/tiny-pipeline";
import { tinyLinears } from "../support/tiny-vit";

const [first = ""] = tinyLinears;
const pairs = { method: "kfac", linears: [first], energy: 0.8, selection: "pairs" } as const;
const control = { method: "control", linears: [first], energy: 0.8, seed: 0 } as const;
const edits: readonly EditSpec[] = [
  { method: "none" },
  pairs,
  { ...pairs, ranking: "saliency" },
  { ...pairs, ranking: "ekfac" },
  { ...control, control: "random-pairs", seed: 3 },
  { ...control, control: "largest-coefficients" },
  { ...control, control: "magnitude" },
];
const recipe: ImageRecipe = { ...recipeOfSeed(1), edits };

function results(events: readonly EngineEvent[]): ImageEditResult[] {
  const found: ImageEditResult[] = [];
  for (const event of events)
    if (event.kind === "edit") found[event.result.position] = imageResult(event.result);
  return found;
}

/** Passes over the data. */
const passes = (events: readonly EngineEvent[]): number =>
  events.filter((event) => event.kind === "stage-started" && event.stage === "factors" && !event.cached)
    .length;

describe("rankings and controls in a run", () => {
  it("keep what they say, and controls exactly as many as K-FAC pairs", async () => {
    const all = results(await runAll(tinyPipeline(createNodeBackend()), recipe));
    const kept = all.map((result) => result.kept[0]?.kept);
    expect(kept[0]).toBeUndefined();
    expect(kept.slice(4)).toEqual([kept[1], kept[1], kept[1]]);
    expect(new Set(kept.slice(1, 4)).size).toBe(3);
    expect(all.map(({ staircases }) => Object.keys(staircases))).toEqual([[], [first], [], [], [], [], []]);
    expect(all.map(({ densities }) => Object.keys(densities ?? {}))).toEqual([
      [],
      [],
      [first],
      [first],
      [first],
      [first],
      [],
    ]);
    const cut = (position: number): number => all[position]!.kept[0]!.relativeChange;
    // Of as many coefficients in one basis, the largest leave the least behind.
    expect(cut(5)).toBeLessThan(cut(1));
    expect(cut(5)).toBeLessThan(cut(4));
  });

  it("make a second pass once, and only if an edit goes by EK-FAC", async () => {
    const lab = tinyPipeline(createNodeBackend());
    const without = await runAll(lab, { ...recipe, edits: edits.filter((_, at) => at !== 3) });
    const first = await runAll(lab, recipe);
    const again = await runAll(lab, recipe);
    expect([without, first, again].map(passes)).toEqual([1, 1, 0]);
    expect(told(first).filter((what) => what === "factors cached")).toHaveLength(1);
    const facts = (all: ImageEditResult[]) => all.map(({ milliseconds: _, ...rest }) => rest);
    expect(facts(results(again))).toEqual(facts(results(first)));
    expect(lab.holds(recipe, edits[3]!)).toBe(true);
  });

  it("make the second pass anew when there are more samples", async () => {
    const lab = tinyPipeline(createNodeBackend());
    await runAll(lab, recipe);
    const more = { ...recipe, factors: { ...recipe.factors, images: 96 } };
    const grown = results(await runAll(lab, more))[3];
    const fresh = results(await runAll(tinyPipeline(createNodeBackend()), more))[3];
    expect(grown!.kept[0]!.kept).toBe(fresh!.kept[0]!.kept);
    expect(grown!.predictions).toEqual(fresh!.predictions);
  });

  it("stopped in the second pass keep the factors and begin that pass again", async () => {
    const lab = tinyPipeline(createNodeBackend());
    const controller = new AbortController();
    const stopped = lab.run(recipe, controller.signal, (event) => {
      if (event.kind === "progress" && event.progress.unit.includes("second pass"))
        controller.abort(new DOMException("stopped", "AbortError"));
    });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    expect(lab.holds(recipe, pairs)).toBe(true);
    expect(lab.holds(recipe, edits[3]!)).toBe(false);
    const events = await runAll(lab, recipe);
    expect(told(events)).toContain("factors cached");
    expect(results(events)).toHaveLength(edits.length);
  });
});
