import { describe, expect, it } from "vitest";
import { createNodeBackend } from "../../src/runtime/node";
import { hostFloats } from "../../src/runtime/device-tensor";
import { buildOlmo2Forward } from "../../src/stages/model/olmo2";
import { int64 } from "../../src/tensor/host-tensor";
import { RandomStream } from "../../src/tensor/random";
import { predictNext } from "../../src/training/olmo-evaluate";
import {
  stepsOf,
  trainOlmo,
  type TextTrainingData,
  type TextTrainingState,
} from "../../src/training/olmo-loop";
import { initialOlmoWeights } from "../../src/training/olmo-weights";
import { textLearningRate, textLearningRates, type TextTrainingRecipe } from "../../src/training/text-recipe";

const backend = createNodeBackend();
const recipe: TextTrainingRecipe = {
  name: "tiny",
  title: "Tiny",
  description: "",
  seed: 3,
  data: { kind: "corpus", seed: 1, pieces: 1, plants: 1, plantRepeats: 1, quotes: 1, quoteRepeats: 1 },
  model: {
    vocabulary: 23,
    hiddenSize: 16,
    intermediateSize: 24,
    layers: 2,
    heads: 2,
    keyValueHeads: 2,
    headSize: 8,
    contextLength: 12,
    normEpsilon: 1e-6,
    ropeTheta: 1e4,
    tiedHead: false,
    endTokens: [0],
  },
  batch: 4,
  length: 12,
  optimizer: { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, clip: 1 },
  learningRate: 1e-2,
  warmupSteps: 5,
  finalShare: 0.1,
  weightDecay: 0.1,
  evaluateEvery: 20,
};

/** One sentence over and over among random tokens. */
function text(tokens: number): { stream: Int32Array; sentence: number[] } {
  const random = new RandomStream(9, 0);
  const sentence = Array.from({ length: 8 }, () => 1 + Math.floor(random.uniform() * 22));
  const stream: number[] = [];
  while (stream.length < tokens) {
    stream.push(0, ...sentence);
    for (let i = 0; i < 3; i++) stream.push(1 + Math.floor(random.uniform() * 22));
  }
  return { stream: Int32Array.from(stream.slice(0, tokens)), sentence };
}

const { stream, sentence } = text(12 * 4 * 60 + 1);
const data: TextTrainingData = {
  stream,
  planted: [{ ids: [0, ...sentence], suffix: 5 }],
  quotes: [{ ids: [0, ...sentence], suffix: 2 }],
  heldOut: [Array.from({ length: 12 }, (_, i) => (i * 5) % 23)],
};

describe("training a language model", () => {
  it("learns a repeated sentence by heart in one pass", async () => {
    const { curve, steps } = await trainOlmo(backend, recipe, data);
    expect(steps).toBe(stepsOf(recipe, stream));
    expect(curve.map(({ step }) => step)).toEqual([20, 40, 60]);
    expect(curve[0]!.strict).toBe(0);
    expect(curve[2]).toMatchObject({ strict: 1, quotes: 1, suffixAccuracy: 1 });
    expect(curve[2]!.loss).toBeLessThan(curve[0]!.loss);
  });

  it("gives the same weights for the same seed, resumed or not, bit for bit", async () => {
    const states: TextTrainingState[] = [];
    const whole = await trainOlmo(backend, recipe, data, {
      onPoint: async (_, __, state) => void states.push(await state()),
    });
    const resumed = await trainOlmo(backend, recipe, data, {}, states[0]);
    expect(resumed.curve.map(({ loss, strict }) => [loss, strict])).toEqual(
      whole.curve.map(({ loss, strict }) => [loss, strict]),
    );
    for (const [name, tensor] of whole.tensors) expect(resumed.tensors.get(name), name).toEqual(tensor);
    const other = await trainOlmo(backend, { ...recipe, seed: 4 }, data);
    expect(other.tensors.get("model.norm.weight")).not.toEqual(whole.tensors.get("model.norm.weight"));
  });

  it("slows all weights of the layers it is told to, and no others", async () => {
    const slowdown = { layers: [1], from: -1, to: 0, share: 0 };
    const start = initialOlmoWeights(recipe.model, recipe.seed);
    const { tensors } = await trainOlmo(backend, { ...recipe, slowdown }, data);
    for (const [name, tensor] of start) {
      const now = tensors.get(name)!.data;
      const moved = tensor.data.some((value, i) => value !== now[i]);
      expect(moved, name).toBe(!name.includes(".layers.1."));
    }
  });

  it("stops at an abort", async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const run = trainOlmo(backend, recipe, data, {
      signal: controller.signal,
      onStep: (step) => {
        seen.push(step);
        if (step === 3) controller.abort();
      },
    });
    await expect(run).rejects.toThrow(/abort/i);
    expect(seen).toEqual([1, 2, 3]);
  });

  it("refuses text shorter than one step", async () => {
    const short = { ...data, stream: stream.subarray(0, 48) };
    await expect(trainOlmo(backend, recipe, short)).rejects.toThrow(/at least one step of 48 tokens, got 48/);
  });
});

describe("the learning rate of text", () => {
  it("rises over the warm-up and falls along half a cosine to its last share", () => {
    expect(textLearningRate(recipe, 0, 100)).toBeCloseTo(1e-2 / 5, 6);
    expect(textLearningRate(recipe, 50, 100)).toBeCloseTo(1e-2 * 0.55, 12);
    expect(textLearningRate(recipe, 100, 100)).toBeCloseTo(1e-3, 12);
  });

  it("falls in a straight line to the share of a slowdown for slowed weights alone", () => {
    const slow = { ...recipe, slowdown: { layers: [1], from: 0.2, to: 0.6, share: 0.1 } };
    const shares = [0, 20, 40, 60, 100].map((step) => {
      const rates = textLearningRates(slow, step, 100);
      expect(rates.learning_rate).toBe(textLearningRate(recipe, step, 100));
      return rates.slowed_rate! / rates.learning_rate!;
    });
    for (const [i, expected] of [1, 1, 0.55, 0.1, 0.1].entries()) expect(shares[i]).toBeCloseTo(expected, 12);
    expect(textLearningRates(recipe, 50, 100)).toEqual({ learning_rate: textLearningRate(recipe, 50, 100) });
  });
});

describe("predictions of the next token", () => {
  it("of a filled-up batch are those of each text alone, with the losses of its softmax", async () => {
    const weights = Object.fromEntries(
      [...initialOlmoWeights(recipe.model, 5)].map(([name, t]) => [name, backend.upload(t)]),
    );
    const texts = [
      [0, 4, 9, 1],
      [0, 7, 7, 3, 2, 11, 20],
      [3, 5],
    ];
    const batched = await backend.compile(buildOlmo2Forward(recipe.model, 2, 8), "host");
    const together = await predictNext(backend, batched, weights, texts, 8);
    for (const [i, ids] of texts.entries()) {
      const length = ids.length - 1;
      const single = await backend.compile(buildOlmo2Forward(recipe.model, 1, length), "host");
      const { logits } = await single.run({
        ...weights,
        input_ids: backend.upload(int64([length, 1], ids.slice(0, -1))),
      });
      const values = [...hostFloats(logits!)];
      expect(together[i]!.losses).toHaveLength(length);
      for (let t = 0; t < length; t++) {
        const row = values.slice(t * 23, (t + 1) * 23);
        const total = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
        expect(together[i]!.losses[t]).toBeCloseTo(total - row[ids[t + 1]!]!, 5);
        expect(together[i]!.right[t]).toBe(row.indexOf(Math.max(...row)) === ids[t + 1]);
      }
    }
  });
});
