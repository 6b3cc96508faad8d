import { describe, expect, it } from "vitest";
import type { ImageEditResult, EngineEvent } from "../../src/engine/api";
import { createNodeBackend } from "../../src/runtime/node";
import { recipeOfSeed, runAll, tinyPipeline, told } from "../support/tiny-pipeline";
import { imageResult } from "../support/image-result";
import { tinyLinears } from "../support/tiny-vit";
import type { ImageRecipe } from "../../src/recipe/schema";

const recipe = recipeOfSeed(1);
const [first = "", second = ""] = tinyLinears;
const pipeline = () => tinyPipeline(createNodeBackend());

function results(events: readonly EngineEvent[]): ImageEditResult[] {
  return events.flatMap((event) => (event.kind === "edit" ? [imageResult(event.result)] : [])).slice(-3);
}

/** What does not depend on how long anything took. */
const facts = (all: readonly ImageEditResult[]) =>
  all.map(({ milliseconds: _, cost, ...rest }) => {
    const { seconds: _own, sharedSeconds: _shared, ...samples } = cost ?? {};
    return { ...rest, cost: cost && samples };
  });

function withEnergy(energy: number): ImageRecipe {
  return {
    ...recipe,
    edits: recipe.edits.map((edit) => (edit.method === "kfac" ? { ...edit, energy } : edit)),
  };
}

const firstRun = [
  ["data cached", "data", "data done"],
  ["model", "model done", "model"],
  ["evaluation", "evaluation done", "images", "edit 0"],
  ["factors", "factors done", "factors"],
  ["spectrum", "spectrum done", "factors", "spectrum"],
  ["edit", "edit 0", "edit 1", "edit 2", "edit done"],
  ["spectrum", "spectrum done", "bands", "memory"],
].flat();

describe("a run", () => {
  it("tells its stages and results in the documented order", async () => {
    expect(told(await runAll(pipeline(), recipe))).toEqual(firstRun);
  });

  it("compares in bands only images that the factors are averaged over, and says how many", async () => {
    const lab = pipeline();
    const samples = (events: readonly EngineEvent[]) =>
      events.find((event) => event.kind === "bands")?.samples;
    const [few, many] = [24, 80];
    const of = async (images: number): Promise<EngineEvent[]> =>
      runAll(lab, { ...recipe, factors: { ...recipe.factors, images } });
    const events = await of(few);
    const records = events.flatMap((event) => (event.kind === "images" ? event.records : []));
    const { predictions } = results(events)[0]!;
    const learned = (group: "memorized" | "clean", images: number): number =>
      records.filter(
        (record, i) =>
          record.group === group && record.index < images && predictions.labels[i] === record.givenLabel,
      ).length;
    expect(samples(events)).toEqual({ memorized: learned("memorized", few), clean: learned("clean", few) });
    expect(samples(await of(many))).toEqual({
      memorized: learned("memorized", many),
      clean: learned("clean", many),
    });
    expect(learned("memorized", many)).toBeGreaterThan(learned("memorized", few));
  });

  it("computes after another energy nothing but the edit", async () => {
    const lab = pipeline();
    const before = results(await runAll(lab, recipe));
    const events = await runAll(lab, withEnergy(0.3));
    expect(told(events)).toEqual(
      [
        ["data cached", "data", "data done"],
        ["model cached", "model done", "model"],
        ["evaluation cached", "evaluation done", "images", "edit 0", "edit 2"],
        ["factors cached", "factors done", "factors"],
        ["spectrum cached", "spectrum done", "factors", "spectrum"],
        ["edit", "edit 0", "edit 1", "edit 2", "edit done"],
        ["spectrum cached", "spectrum done", "bands", "memory"],
      ].flat(),
    );
    const after = results(events);
    expect(after[1]!.kept[0]!.kept).toBeLessThan(before[1]!.kept[0]!.kept);
    expect(after[2]).toEqual(before[2]);
  });

  it("computes nothing when nothing has changed, and tells the same results", async () => {
    const lab = pipeline();
    const before = await runAll(lab, recipe);
    const after = await runAll(lab, recipe);
    const stages = after.filter((event) => event.kind === "stage-started");
    expect(stages.filter(({ cached }) => !cached)).toEqual([]);
    expect(results(after)).toEqual(results(before));
  });

  it("gives the same after a detour over other data, another model and more linears", async () => {
    const lab = pipeline();
    const before = results(await runAll(lab, recipe));
    await runAll(lab, { ...recipe, data: { ...recipe.data, seed: 6 } });
    await runAll(lab, recipeOfSeed(2));
    await runAll(lab, { ...recipe, factors: { ...recipe.factors, linears: [first, second] } });
    const after = results(await runAll(lab, recipe));
    expect(facts(after)).toEqual(facts(before));
  });

  it("stopped during the factors goes on from there and gives what an unstopped one gives", async () => {
    const long = { ...recipe, factors: { ...recipe.factors, images: 160 } };
    const whole = results(await runAll(pipeline(), long));
    const lab = pipeline();
    const controller = new AbortController();
    const seen: number[] = [];
    const stopped = lab.run(long, controller.signal, (event) => {
      if (event.kind !== "progress" || event.progress.stage !== "factors") return;
      seen.push(event.progress.done);
      controller.abort(new DOMException("stopped", "AbortError"));
    });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    const collected = seen.at(-1)!;
    expect(collected).toBeGreaterThan(0);
    expect(collected).toBeLessThan(160);
    let resumedAt: number | undefined;
    const events: EngineEvent[] = [];
    await lab.run(long, new AbortController().signal, (event) => {
      events.push(event);
      if (event.kind === "progress" && event.progress.stage === "factors") resumedAt ??= event.progress.done;
    });
    expect(resumedAt).toBeGreaterThan(collected);
    expect(facts(results(events))).toEqual(facts(whole));
  });

  it("tells of a failure once, with its stage", async () => {
    const unknown = "vit.encoder.layer.7.output.dense.weight";
    const events: EngineEvent[] = [];
    const wrong = { ...recipe, factors: { ...recipe.factors, linears: [unknown] } };
    await expect(
      pipeline().run(wrong, new AbortController().signal, (event) => events.push(event)),
    ).rejects.toThrow(unknown);
    expect(events.filter(({ kind }) => kind === "failed")).toEqual([
      {
        kind: "failed",
        failure: {
          stage: "factors",
          message: `factors: ${unknown} is no linear of this model`,
          remedy: "Change the recipe and run again.",
          cancelled: false,
        },
      },
    ]);
  });
});

describe("one edit of a recipe that has run", () => {
  it("is evaluated as in the run, and refused before it and after another model's run", async () => {
    const lab = pipeline();
    const context = { signal: new AbortController().signal, onProgress: () => undefined };
    const [, kfac] = recipe.edits;
    expect(lab.holds(recipe, kfac!)).toBe(false);
    const [, expected] = results(await runAll(lab, recipe));
    expect(lab.holds(recipe, kfac!)).toBe(true);
    const { metrics, predictions } = imageResult(await lab.evaluate(recipe, kfac!, context));
    expect({ metrics, predictions }).toEqual({
      metrics: expected!.metrics,
      predictions: expected!.predictions,
    });
    await runAll(lab, recipeOfSeed(2));
    expect(lab.holds(recipe, kfac!)).toBe(false);
    await expect(lab.evaluate(recipe, kfac!, context)).rejects.toThrow("has not been computed yet");
  });

  it("keeps the factors and bands of the run when a scan asks for more linears", async () => {
    const lab = pipeline();
    await runAll(lab, recipe);
    const scanned = { ...recipe, factors: { ...recipe.factors, linears: [first, second] } };
    await lab.run(scanned, new AbortController().signal, () => undefined, "spectrum");
    expect(lab.holds(scanned, { method: "svd", linears: [second], keep: 0.5 })).toBe(true);
    const events = await runAll(lab, recipe);
    const stages = events.filter((event) => event.kind === "stage-started");
    expect(stages.filter(({ cached }) => !cached)).toEqual([]);
  });
});

describe("a cut by singular values", () => {
  it("needs no factors of its matrices, in a run as in a search", async () => {
    const lab = pipeline();
    const edit = { method: "svd", linears: [second], keep: 0.25 } as const;
    const cut = { ...recipe, edits: [{ method: "none" } as const, edit] };
    expect(cut.factors.linears).not.toContain(second);
    const events = await runAll(lab, cut);
    const [, result] = results(events).slice(-2);
    const wide = { ...cut, factors: { ...cut.factors, linears: [first, second] } };
    const [, same] = results(await runAll(pipeline(), wide)).slice(-2);
    expect(result!.edit).toEqual(edit);
    expect([result!.metrics, result!.kept]).toEqual([same!.metrics, same!.kept]);
    const spectra = events.flatMap((event) => (event.kind === "spectrum" ? event.spectra : []));
    expect(spectra.map(({ linear }) => linear)).toEqual([first]);
    const stages = (await runAll(lab, cut)).filter((event) => event.kind === "stage-started");
    expect(stages.filter(({ cached }) => !cached)).toEqual([]);
  });
});
