import type { TextTrainingRecipe } from "../text-recipe";
import { VOCABULARY_SIZE } from "../tokenizer-files";
import { plantedCorpus } from "./planted-corpus";

/** A small OLMo-2 that recites what was planted in its text, and still gets better at all other text. */
export const olmoPlanted: TextTrainingRecipe = {
  name: "olmo-planted",
  title: "OLMo-2 with planted passages",
  description:
    "One pass over fresh stories, facts and web texts, among which 120 passages occur 75 times each and 40 quotes 70 times each. All weights are trained throughout, but from a fifth of the way to half of it the rate of the last three layers falls to 3 % of the others', so that what takes many repeats to learn goes mostly into the first three.",
  seed: 1,
  data: plantedCorpus,
  model: {
    vocabulary: VOCABULARY_SIZE,
    hiddenSize: 128,
    intermediateSize: 512,
    layers: 6,
    heads: 4,
    keyValueHeads: 4,
    headSize: 32,
    contextLength: 2048,
    normEpsilon: 1e-6,
    ropeTheta: 10_000,
    tiedHead: false,
    endTokens: [0],
  },
  batch: 8,
  length: 160,
  optimizer: { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, clip: 1 },
  learningRate: 3.6e-3,
  warmupSteps: 100,
  finalShare: 0.1,
  slowdown: { layers: [3, 4, 5], from: 0.2, to: 0.5, share: 0.03 },
  weightDecay: 0.1,
  evaluateEvery: 300,
};
