import { describe, expect, it } from "vitest";
import type { ImageRecipe, StageName } from "../../src/recipe/schema";
import { createWebGpuBackend } from "../../src/runtime/webgpu";
import { sharedGpu } from "../support/gpu";
import { recipeOfSeed, runAll, tinyPipeline } from "../support/tiny-pipeline";

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
async function stopIn(pipeline: ReturnType<typeof tinyPipeline>, stage: StageName): Promise<void> {
  const controller = new AbortController();
  const run = pipeline.run(recipe, controller.signal, (event) => {
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
});
