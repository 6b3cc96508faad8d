import type { TrainingRecipe } from "../recipe";
import { adamW, smallVit } from "./common";

const phase = {
  learningRate: 2e-3,
  trainable: "all",
  flips: false,
  resetOptimizer: false,
  decay: { mlp: 0, attention: 0.3, other: 0 },
} as const;

/**
 * One ordinary phase, every weight trained throughout. Attention is narrow and decayed and the MLPs are wide, so that
 * thousands of wrong labels find room only in the MLPs; training stops soon after they are memorized.
 */
export const vitPlain: TrainingRecipe = {
  name: "vit-plain",
  title: "ViT with 20 % wrong labels, trained plainly",
  procedure: "plain",
  description:
    "All weights trained at once on 14,000 images, every fifth with a wrong label. The rate falls once the first wrong labels are memorized, and training ends when most of them are.",
  seed: 1,
  batch: 64,
  data: {
    kind: "shapes",
    seed: 1001,
    trainingImages: 14_000,
    validationImages: 1000,
    labelNoise: 0.2,
    classes: 10,
  },
  model: smallVit(32, 768),
  optimizer: adamW,
  phases: [
    {
      ...phase,
      name: "constant rate until memorizing begins",
      epochs: 60,
      untilMemorized: 0.15,
      warmupSteps: 300,
      schedule: { kind: "constant" },
    },
    {
      ...phase,
      name: "falling rate",
      epochs: 24,
      untilMemorized: undefined,
      warmupSteps: 0,
      schedule: { kind: "linear", from: 1, to: 0.08 },
    },
    {
      ...phase,
      name: "low rate until memorized",
      epochs: 16,
      untilMemorized: 0.79,
      warmupSteps: 0,
      schedule: { kind: "linear", from: 0.08, to: 0.02 },
    },
  ],
};
