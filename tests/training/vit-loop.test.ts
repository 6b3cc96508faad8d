import { describe, expect, it } from "vitest";
import type { Backend } from "../../src/runtime/backend";
import { hostFloats } from "../../src/runtime/device-tensor";
import { createNodeBackend } from "../../src/runtime/node";
import type { Feeds } from "../../src/runtime/session";
import { pixelValues } from "../../src/stages/data/images";
import { givenLabel } from "../../src/stages/data/label-noise";
import type { TrainingPhase, TrainingRecipe } from "../../src/training/recipe";
import { adamW, smallVit } from "../../src/training/recipes/common";
import { trainVit, type TrainingState } from "../../src/training/vit-loop";
import { initialVitWeights } from "../../src/training/vit-weights";

const timeout = 180_000;
const backend = createNodeBackend();

const phase: TrainingPhase = {
  name: "phase",
  epochs: 2,
  untilMemorized: undefined,
  learningRate: 3e-3,
  warmupSteps: 4,
  schedule: { kind: "constant" },
  trainable: "all",
  flips: true,
  resetOptimizer: true,
  decay: { mlp: 0.1, attention: 0.1, other: 0 },
};

/** Ninety-six images, a network of width 16: an epoch takes a moment. */
const tiny: TrainingRecipe = {
  name: "tiny",
  title: "Tiny",
  procedure: "plain",
  description: "",
  seed: 5,
  batch: 16,
  data: { kind: "shapes", seed: 3, trainingImages: 96, validationImages: 20, labelNoise: 0.25, classes: 10 },
  model: { ...smallVit(16, 32), layers: 2, patchSize: 16 },
  optimizer: adamW,
  phases: [phase, { ...phase, name: "MLPs alone", trainable: "mlp", flips: false }],
};

function expectSame(actual: TrainingState, expected: TrainingState): void {
  expect([...actual.tensors.keys()].sort()).toEqual([...expected.tensors.keys()].sort());
  for (const [name, { data }] of expected.tensors) {
    expect(
      Buffer.compare(Buffer.from(actual.tensors.get(name)!.data.buffer), Buffer.from(data.buffer)),
      name,
    ).toBe(0);
  }
  expect(actual.curve).toEqual(expected.curve);
  expect(actual.optimizerSteps).toBe(expected.optimizerSteps);
}

/** A backend that shows what training steps are fed with. */
function watched(onFeeds: (feeds: Feeds) => void): Backend {
  return {
    ...backend,
    compile: async (graph, placement) => {
      const session = await backend.compile(graph, placement);
      return {
        ...session,
        run: (feeds) => {
          if (graph.name === "vit_training_step") onFeeds(feeds);
          return session.run(feeds);
        },
      };
    },
  };
}

describe("training", () => {
  it("lowers the loss and learns its training images by heart", { timeout }, async () => {
    const long: TrainingRecipe = {
      ...tiny,
      phases: [{ ...phase, epochs: 150, flips: false, untilMemorized: 0.9 }],
    };
    const { curve } = await trainVit(backend, long);
    expect(curve[0]!.loss).toBeGreaterThan(2);
    expect(curve.at(-1)!.loss).toBeLessThan(curve[0]!.loss / 2);
    expect(curve.at(-1)!.clean).toBeGreaterThan(0.7);
    // The phase ends with the epoch in which the noised labels are memorized.
    expect(curve.at(-1)!.memorized).toBeGreaterThanOrEqual(0.9);
    expect(curve.length).toBeLessThan(150);
    for (const { memorized } of curve.slice(0, -1)) expect(memorized).toBeLessThan(0.9);
  });

  it(
    "gives the same weights for the same seed, bit for bit, and others for another",
    { timeout },
    async () => {
      const first = await trainVit(backend, tiny);
      expectSame(await trainVit(backend, tiny), first);
      const other = await trainVit(backend, { ...tiny, seed: 6 });
      const name = "vit.encoder.layer.0.output.dense.weight";
      expect(other.tensors.get(name)!.data).not.toEqual(first.tensors.get(name)!.data);
    },
  );

  it("resumed after any epoch ends as the uninterrupted run, bit for bit", { timeout }, async () => {
    const states: TrainingState[] = [];
    const whole = await trainVit(backend, tiny, {
      onEpoch: async (_, state) => void states.push(await state()),
    });
    expect(states.map((state) => [state.phase, state.epochInPhase])).toEqual([
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 0],
    ]);
    for (const state of states) expectSame(await trainVit(backend, tiny, {}, state), whole);
  });

  it("stops at an abort", { timeout }, async () => {
    const controller = new AbortController();
    let steps = 0;
    const stopping = trainVit(backend, tiny, {
      signal: controller.signal,
      onStep: () => {
        if (++steps === 3) controller.abort(new DOMException("stopped", "AbortError"));
      },
    });
    await expect(stopping).rejects.toThrow("stopped");
    expect(steps).toBe(3);
  });

  it("says so when the loss is no number any more", { timeout }, async () => {
    const hot = { ...tiny, phases: [{ ...phase, warmupSteps: 0, learningRate: 1e30 }] };
    await expect(trainVit(backend, hot)).rejects.toThrow("training diverged");
  });

  it(
    "shows every image once per epoch with its given label, half of them mirrored if asked",
    { timeout },
    async () => {
      const { data } = tiny;
      const size = 3 * 32 * 32;
      const source = pixelValues(
        data,
        Array.from({ length: data.trainingImages }, (_, i) => i),
      );
      const mirrored = source.slice();
      for (let row = 0; row < mirrored.length; row += 32) mirrored.subarray(row, row + 32).reverse();
      const text = (values: Float32Array, image: number) =>
        Buffer.from(values.slice(image * size, (image + 1) * size).buffer).toString("latin1");
      const known = new Map<string, [index: number, mirrored: boolean]>();
      for (let i = 0; i < data.trainingImages; i++) {
        known.set(text(mirrored, i), [i, true]);
        known.set(text(source, i), [i, false]);
      }
      const seen: [index: number, mirrored: boolean][] = [];
      const rates: number[] = [];
      const watching = watched((feeds) => {
        const pixels = hostFloats(feeds["pixel_values"]!);
        const labels = feeds["labels"]!.tensor.data as Int32Array;
        rates.push(hostFloats(feeds["learning_rate"]!)[0]!);
        for (let i = 0; i < tiny.batch; i++) {
          const one = known.get(text(pixels, i))!;
          expect(one).toBeDefined();
          expect(labels[i]).toBe(givenLabel(data, one[0]));
          seen.push(one);
        }
      });
      await trainVit(watching, tiny);
      const epochs = [0, 1, 2, 3].map((epoch) => seen.slice(epoch * 96, (epoch + 1) * 96));
      for (const epoch of epochs) expect(new Set(epoch.map(([index]) => index)).size).toBe(96);
      expect(epochs[0]!.map(([index]) => index)).not.toEqual(epochs[1]!.map(([index]) => index));
      const flipped = epochs.map((epoch) => epoch.filter(([, isMirrored]) => isMirrored).length);
      for (const count of flipped.slice(0, 2)) expect(Math.abs(count - 48)).toBeLessThan(20);
      expect(flipped.slice(2)).toEqual([0, 0]);
      // Four steps of warm-up at the start of either phase.
      const base = Math.fround(3e-3);
      for (const start of [0, 12]) {
        expect(rates.slice(start, start + 5)).toEqual([
          ...[1, 2, 3].map((step) => expect.closeTo((3e-3 * step) / 4, 9) as number),
          base,
          base,
        ]);
      }
    },
  );

  it(
    "leaves frozen weights as they are and starts the new phase with empty moments",
    { timeout },
    async () => {
      let before: TrainingState | undefined;
      const corrections: number[] = [];
      const watching = watched((feeds) => corrections.push(hostFloats(feeds["correction1"]!)[0]!));
      const after = await trainVit(watching, tiny, {
        onEpoch: async (_, state) => {
          const now = await state();
          if (now.phase === 1 && now.epochInPhase === 0) before = now;
        },
      });
      const isMlp = (name: string) =>
        name.includes("intermediate.dense") || /layer\.\d+\.output\.dense/.test(name);
      for (const name of initialVitWeights(tiny.model, 1).keys()) {
        const same = Buffer.from(before!.tensors.get(name)!.data.buffer).equals(
          Buffer.from(after.tensors.get(name)!.data.buffer),
        );
        expect([name, same]).toEqual([name, !isMlp(name)]);
      }
      // 1 / (1 − β₁ᵗ) with t counted anew after 12 steps.
      expect(corrections[0]).toBeCloseTo(10, 4);
      expect(corrections[12]).toBeCloseTo(10, 4);
      expect(corrections[11]).toBeLessThan(1.5);
    },
  );
});

describe("initial weights", () => {
  it("are truncated normal matrices, unit norm scales and zero biases, one stream per tensor", () => {
    const weights = initialVitWeights({ ...smallVit(32, 768) }, 9);
    const matrix = weights.get("vit.encoder.layer.1.output.dense.weight")!.data;
    const deviation = Math.sqrt(matrix.reduce((sum, w) => sum + w * w, 0) / matrix.length);
    // A normal distribution cut at two deviations has 0.88 of its deviation left.
    expect(deviation).toBeCloseTo(0.02 * 0.8796, 3);
    expect(matrix.every((w) => Math.abs(w) <= 0.04)).toBe(true);
    expect(new Set(weights.get("vit.layernorm.weight")!.data)).toEqual(new Set([1]));
    expect(new Set(weights.get("classifier.bias")!.data)).toEqual(new Set([0]));
    expect(weights.get("vit.encoder.layer.2.output.dense.weight")!.data).not.toEqual(matrix);
  });
});
