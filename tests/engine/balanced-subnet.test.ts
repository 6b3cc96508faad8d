import { describe, expect, it } from "vitest";
import type { EngineEvent, ImageEditResult } from "../../src/engine/api";
import { decodeStoredResults, encodeStoredResults } from "../../src/engine/stored-results";
import type { ImageRecipe } from "../../src/recipe/schema";
import { createNodeBackend } from "../../src/runtime/node";
import type { BalancedSubnetSpec, EditSpec } from "../../src/stages/edit/types";
import { imageResult } from "../support/image-result";
import { recipeOfSeed, runAll, tinyPipeline, told } from "../support/tiny-pipeline";
import { tinySubnet as subnet } from "../support/tiny-subnet";
import { tinyLinears } from "../support/tiny-vit";

const pipeline = () => tinyPipeline(createNodeBackend());
const tiny = recipeOfSeed(1);
const withEdits = (...edits: EditSpec[]): ImageRecipe => ({ ...tiny, edits: [...tiny.edits, ...edits] });
const recipe = withEdits(subnet);

/** Results by position, as last told. */
function results(events: readonly EngineEvent[]): ImageEditResult[] {
  const found: ImageEditResult[] = [];
  for (const event of events)
    if (event.kind === "edit") found[event.result.position] = imageResult(event.result);
  return found;
}

const withEnergy = (energy: number): ImageRecipe => ({
  ...recipe,
  edits: recipe.edits.map((edit) => (edit.method === "kfac" ? { ...edit, energy } : edit)),
});

describe("a run with a BalancedSubnet edit", () => {
  it("learns after all other edits, and tells how, what came of it and what it took", async () => {
    const events = await runAll(
      pipeline(),
      withEdits(subnet, { method: "svd", linears: tinyLinears.slice(0, 1), keep: 0.5 }),
    );
    const order = told(events).filter((one) => /^(edit( \d| done)?|subnet|bands)$/.test(one));
    // A slow machine tells of the learning more than once.
    expect(order.filter((one, at) => one !== "subnet" || order[at - 1] !== one)).toEqual(
      [
        ["edit 0", "edit", "edit 0", "edit 1", "edit 2", "edit 4", "edit done"],
        ["bands", "edit", "subnet", "edit 3", "edit done"],
      ].flat(),
    );
    const { kept, cost, training, metrics } = results(events)[3]!;
    expect(kept.map(({ linear, kept: weights, total }) => [linear, weights, total])).toEqual(
      tinyLinears.map((id) => [id, 358, 512]),
    );
    for (const { relativeChange } of kept) expect(relativeChange).toBeGreaterThan(0.05);
    expect(cost).toMatchObject({ sharedSeconds: 0, forget: 24, retain: 40 });
    expect(cost!.seconds).toBeGreaterThan(0);
    expect(training).toMatchObject({ steps: 12, forget: 24, retain: 40 });
    expect(training!.curve.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const { targeted, untargeted } = metrics.targeted!;
    expect(targeted.images + untargeted.images).toBe(metrics.images.memorized);
    expect(targeted.images).toBeGreaterThan(10);
    const both = targeted.images * targeted.memorized + untargeted.images * untargeted.memorized;
    expect(both).toBeCloseTo(metrics.memorized * metrics.images.memorized, 9);
  });

  it("parts the results of other edits by the same forget set, and tells what they share", async () => {
    const [none, kfac, svd] = results(await runAll(pipeline(), recipe));
    for (const { metrics } of [none!, kfac!, svd!]) expect(metrics.targeted).toBeDefined();
    expect(none!.cost).toBeUndefined();
    for (const { cost } of [kfac!, svd!]) {
      expect(cost).toMatchObject({ forget: 0, retain: 0 });
      expect(cost!.sharedSeconds).toBeGreaterThan(0);
    }
    const [alone] = results(await runAll(pipeline(), tiny));
    expect(alone!.metrics.targeted).toBeUndefined();
  });

  it("learns nothing anew when another edit moves, and gives the same", async () => {
    const lab = pipeline();
    const before = results(await runAll(lab, recipe));
    const events = await runAll(lab, withEnergy(0.3));
    expect(events.filter(({ kind }) => kind === "subnet")).toEqual([]);
    expect(results(events)[3]).toEqual(before[3]);
    // Other factors evaluate all edits again, but the masks are there.
    const other = { ...recipe, factors: { ...recipe.factors, images: 80 } };
    const again = await runAll(lab, other);
    expect(again.filter(({ kind }) => kind === "subnet")).toEqual([]);
    expect(results(again)[3]!.predictions).toEqual(before[3]!.predictions);
  });

  it.each<[string, (recipe: ImageRecipe) => ImageRecipe]>([
    ["the seed of the mask", () => withEdits({ ...subnet, seed: 2 })],
    ["the data", (one) => ({ ...one, data: { ...one.data, seed: 6 } })],
    ["the model", (one) => ({ ...one, model: recipeOfSeed(2).model })],
  ])("learns anew for another of %s", async (_, changed) => {
    const lab = pipeline();
    const before = results(await runAll(lab, recipe));
    const events = await runAll(lab, changed(recipe));
    expect(events.filter(({ kind }) => kind === "subnet").length).toBeGreaterThan(0);
    expect(results(events)[3]!.training).not.toEqual(before[3]!.training);
    const back = results(await runAll(lab, recipe));
    expect(back[3]!.training).toEqual(before[3]!.training);
    expect(back[3]!.predictions).toEqual(before[3]!.predictions);
  });

  it("stopped while it learns goes on from there to the same end", async () => {
    const whole = results(await runAll(pipeline(), recipe));
    const lab = pipeline();
    const controller = new AbortController();
    const steps: number[] = [];
    const stopped = lab.run(recipe, controller.signal, (event) => {
      if (event.kind !== "progress" || event.progress.unit !== "steps") return;
      steps.push(event.progress.done);
      controller.abort(new DOMException("stopped", "AbortError"));
    });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    expect(steps.at(-1)).toBeLessThan(12);
    const resumed: number[] = [];
    const events: EngineEvent[] = [];
    await lab.run(recipe, new AbortController().signal, (event) => {
      events.push(event);
      if (event.kind === "progress" && event.progress.unit === "steps") resumed.push(event.progress.done);
    });
    const [first] = events.flatMap((event) => (event.kind === "subnet" ? [event.training.curve.length] : []));
    expect(first).toBe(steps.at(-1));
    expect(resumed[0]).toBeGreaterThan(steps.at(-1)!);
    expect(results(events)[3]!.training).toEqual(whole[3]!.training);
    expect(results(events)[3]!.predictions).toEqual(whole[3]!.predictions);
  });

  it("exports the masked weights: zeros where they are dropped, and the others as they are", async () => {
    const lab = pipeline();
    await runAll(lab, recipe);
    const { weights } = await lab.editedModel(recipe, subnet);
    const { weights: originals } = await lab.editedModel(recipe, { method: "none" });
    for (const [name, { data }] of weights) {
      const original = originals.get(name)!.data;
      const changed = [...data].filter((weight, k) => weight !== original[k]);
      expect(changed.length, name).toBe(tinyLinears.includes(name) ? 154 : 0);
      expect(changed.every((weight) => weight === 0)).toBe(true);
    }
    await runAll(lab, recipeOfSeed(2));
    expect(lab.holds(recipe, subnet)).toBe(false);
    await expect(lab.editedModel(recipe, subnet)).rejects.toThrow("has not been computed yet");
  });

  it("with no epochs draws its mask and needs no labels", async () => {
    const random = { ...subnet, epochs: 0 };
    const result = results(await runAll(pipeline(), withEdits(random)))[3]!;
    expect(result.training).toMatchObject({ curve: [], steps: 0 });
    expect(result.cost).toMatchObject({ forget: 0, retain: 0 });
    expect(result.kept[0]!.kept).toBe(358);
  });

  it.each<[Partial<BalancedSubnetSpec>, Partial<ImageRecipe["data"]>, RegExp]>([
    [{}, { labelNoise: 0 }, /forget set of a BalancedSubnet edit is empty/],
    [{ retainExamples: 5000 }, {}, /asks for 5000 samples to retain, and there are \d+/],
    [{ linears: ["vit.layernorm.weight"] }, {}, /vit\.layernorm\.weight is no linear of this model/],
  ])("that cannot be learned is refused with a reason (%#)", async (settings, data, reason) => {
    const wrong = withEdits({ ...subnet, ...settings });
    const events: EngineEvent[] = [];
    const run = pipeline().run(
      { ...wrong, data: { ...wrong.data, ...data } },
      new AbortController().signal,
      (event) => events.push(event),
    );
    await expect(run).rejects.toThrow(reason);
    expect(events.filter(({ kind }) => kind === "failed")).toHaveLength(1);
  });

  it("is stored whole", async () => {
    const events = await runAll(pipeline(), recipe);
    const stored = {
      version: 1,
      recipe: { ...recipe, model: { kind: "shipped", name: "tiny" } },
      events,
      scan: [],
      computed: { date: "2026-01-01", device: "test" },
    } as const;
    const back = decodeStoredResults(encodeStoredResults(stored));
    expect(results(back.events)[3]).toEqual(results(events)[3]);
  });
});
