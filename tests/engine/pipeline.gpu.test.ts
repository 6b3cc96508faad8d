import { describe, expect, it } from "vitest";
import type { StageName } from "../../src/recipe/schema";
import { createWebGpuBackend } from "../../src/runtime/webgpu";
import { sharedGpu } from "../support/gpu";
import { recipeOfSeed, runAll, tinyPipeline } from "../support/tiny-pipeline";

const recipe = recipeOfSeed(1);

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
