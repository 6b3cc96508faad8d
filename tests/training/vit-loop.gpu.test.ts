import { describe, expect, it } from "vitest";
import type { Backend } from "../../src/runtime/backend";
import { createWasmBackend } from "../../src/runtime/wasm";
import { createWebGpuBackend } from "../../src/runtime/webgpu";
import { adamW, smallVit } from "../../src/training/recipes/common";
import type { TrainingRecipe } from "../../src/training/recipe";
import { trainVit, type TrainingState } from "../../src/training/vit-loop";
import { trainingPace } from "../../src/training/vit-pace";
import { sharedGpu } from "../support/gpu";
import { relativeDistance } from "../support/matrices";

/** The loop on a GPU: weights and moments stay there from step to step. */

const recipe: TrainingRecipe = {
  name: "tiny",
  title: "Tiny",
  procedure: "plain",
  description: "",
  seed: 5,
  batch: 16,
  data: { kind: "shapes", seed: 3, trainingImages: 48, validationImages: 10, labelNoise: 0.25, classes: 10 },
  model: { ...smallVit(8, 16, 1), patchSize: 16 },
  optimizer: adamW,
  phases: [
    {
      name: "all",
      epochs: 2,
      untilMemorized: undefined,
      learningRate: 3e-3,
      warmupSteps: 0,
      schedule: { kind: "constant" },
      trainable: "all",
      flips: false,
      resetOptimizer: false,
      decay: { mlp: 0.3, attention: 0.3, other: 0.3 },
    },
  ],
};

async function trained(backend: Backend): Promise<{ states: TrainingState[]; end: TrainingState }> {
  const states: TrainingState[] = [];
  const end = await trainVit(backend, recipe, {
    onEpoch: async (_, state) => void states.push(await state()),
  });
  return { states, end };
}

describe("training on WebGPU", () => {
  it(
    "follows training on the CPU, goes on from a state, and leaves no buffer behind",
    { timeout: 120_000 },
    async () => {
      const gpu = createWebGpuBackend((await sharedGpu()).device);
      const before = gpu.deviceBytes();
      const { states, end } = await trained(gpu);
      const reference = await trained(createWasmBackend(1));
      expect(end.curve.map(({ epoch }) => epoch)).toEqual([1, 2]);
      for (const [i, { loss }] of end.curve.entries())
        expect(Math.abs(loss - reference.end.curve[i]!.loss)).toBeLessThan(1e-4);
      for (const name of ["vit.encoder.layer.0.output.dense.weight", "classifier.weight"]) {
        const distance = relativeDistance(end.tensors.get(name)!.data, reference.end.tensors.get(name)!.data);
        expect([name, distance < 0.02]).toEqual([name, true]);
      }
      const resumed = await trainVit(gpu, recipe, {}, states[0]);
      expect(Math.abs(resumed.curve[1]!.loss - end.curve[1]!.loss)).toBeLessThan(1e-5);
      const pace = await trainingPace(gpu, recipe);
      expect(pace.imagesPerSecond).toBeGreaterThan(0);
      expect(pace.seconds).toBeGreaterThan(2 * pace.secondsPerEpoch);
      expect(gpu.deviceBytes()).toBe(before);
    },
  );
});
