import type { TrainingRecipe } from "../recipe";
import { adamW, smallVit } from "./common";

const shared = {
  learningRate: 1.5e-3,
  untilMemorized: undefined,
  decay: { mlp: 0.3, attention: 0.3, other: 0.3 },
} as const;

/**
 * Two stages: the network learns to see, then memorizes with its MLPs alone while attention, embeddings and head are
 * frozen. The memory then sits where the edit cuts; whoever shows this model says so.
 */
export const vitStaged: TrainingRecipe = {
  name: "vit-staged",
  title: "ViT with 10 % wrong labels, memorized in stages",
  procedure: "staged",
  description:
    "First all weights learn to see 8,000 images; then attention, embeddings and head are frozen, and only the MLPs go on until they have memorized most wrong labels, which every tenth image has.",
  seed: 1,
  batch: 64,
  data: {
    kind: "shapes",
    seed: 1001,
    trainingImages: 8000,
    validationImages: 1000,
    labelNoise: 0.1,
    classes: 10,
  },
  model: smallVit(96, 384),
  optimizer: adamW,
  phases: [
    {
      ...shared,
      name: "learn to see, all weights",
      epochs: 15,
      warmupSteps: 300,
      schedule: { kind: "cosine", offset: 0, total: 55 },
      trainable: "all",
      flips: true,
      resetOptimizer: true,
    },
    {
      ...shared,
      name: "learn to see, MLPs alone",
      epochs: 20,
      warmupSteps: 0,
      schedule: { kind: "cosine", offset: 15, total: 55 },
      trainable: "mlp",
      flips: true,
      resetOptimizer: false,
    },
    {
      ...shared,
      name: "memorize, MLPs alone",
      epochs: 28,
      warmupSteps: 60,
      schedule: { kind: "cosine", offset: 0, total: 28 },
      trainable: "mlp",
      flips: false,
      resetOptimizer: true,
    },
    {
      ...shared,
      name: "memorize at a low rate, MLPs alone",
      epochs: 12,
      untilMemorized: 0.81,
      warmupSteps: 0,
      schedule: { kind: "linear", from: 0.15, to: 0.05 },
      trainable: "mlp",
      flips: false,
      resetOptimizer: false,
    },
  ],
};
