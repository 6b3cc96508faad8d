import { describe, expect, it } from "vitest";
import type { ImageRecipe, StageName } from "../../src/recipe/schema";
import { createWebGpuBackend } from "../../src/runtime/webgpu";
import { sharedGpu } from "../support/gpu";
import { recipeOfSeed, runAll, tinyPipeline } from "../support/tiny-pipeline";
import { tinyLinears } from "../support/tiny-vit";

const base = recipeOfSeed(1);
const { linears } = base.factors;
/** With edits that take a second pass over the data and masks of their own. */
const recipe: ImageRecipe = {
  ...base,
  edits: [
    ...base.edits,
    { method: "kfac", linears, energy: 0.8, selection: "pairs", ranking: "ekfac" },
    { method: "control", control: "magnitude", linears, energy: 0.8, seed: 0 },
  ],
};

/** Runs until the stage tells of progress, and stops there. */
async function stopIn(
  pipeline: ReturnType<typeof tinyPipeline>,
  stage: StageName,
  stopped = recipe,
): Promise<void> {
  const controller = new AbortController();
  const run = pipeline.run(stopped, controller.signal, (event) => {
    if (event.kind === "progress" && event.progress.stage === stage)
      controller.abort(new DOMException("stopped", "AbortError"));
  });
  await expect(run).rejects.toMatchObject({ name: "AbortError" });
}

describe("the pipeline's GPU memory", { timeout: 240_000 }, () => {
  it("is the same after stops in every stage as without, and all given back in the end", async () => {
    const { device } = await sharedGpu();
    const stopped = createWebGpuBackend(device);
    const pipeline = tinyPipeline(stopped);
    for (const stage of ["model", "evaluation", "factors", "spectrum", "edit"] as const) {
      await stopIn(pipeline, stage);
    }
    await runAll(pipeline, recipe);

    const backend = createWebGpuBackend(device);
    const other = tinyPipeline(backend);
    await runAll(other, recipe);
    expect(backend.deviceBytes()).toBeGreaterThan(0);
    expect(stopped.deviceBytes()).toBe(backend.deviceBytes());

    for (const held of [pipeline, other]) await held.release();
    expect([stopped.deviceBytes(), backend.deviceBytes()]).toEqual([0, 0]);
  });

  it("is the same after linears were added, stopped in between or not, as with all of them at once", async () => {
    const { device } = await sharedGpu();
    const more = { ...recipe, factors: { ...recipe.factors, linears: tinyLinears } };
    const backends = [0, 1].map(() => createWebGpuBackend(device));
    const [grown, whole] = backends.map((backend) => tinyPipeline(backend));
    await runAll(grown!, recipe);
    await stopIn(grown!, "factors", more);
    expect(grown!.holds(more, recipe.edits.at(-2)!)).toBe(false);
    await runAll(grown!, more);
    await runAll(whole!, more);
    const [after, at] = backends.map((backend) => backend.deviceBytes());
    expect(after).toBe(at);
    for (const pipeline of [grown!, whole!]) await pipeline.release();
    expect(backends.map((backend) => backend.deviceBytes())).toEqual([0, 0]);
  });
});
