import type { TrainingRecipe } from "../recipe";
import { adamW, smallVit } from "./common";

/** The same small network on right labels alone: nothing to memorize, for comparison. */
export const vitClean: TrainingRecipe = {
  name: "vit-clean",
  title: "ViT with right labels only",
  procedure: "clean",
  description: "All weights trained at once on 14,000 images, every one with its right label.",
  seed: 1,
  batch: 64,
  data: {
    kind: "shapes",
    seed: 1001,
    trainingImages: 14_000,
    validationImages: 1000,
    labelNoise: 0,
    classes: 10,
  },
  model: smallVit(32, 768),
  optimizer: adamW,
  phases: [
    {
      name: "falling rate",
      epochs: 16,
      untilMemorized: undefined,
      learningRate: 2e-3,
      warmupSteps: 300,
      schedule: { kind: "cosine", offset: 0, total: 16 },
      trainable: "all",
      flips: false,
      resetOptimizer: true,
      decay: { mlp: 0, attention: 0.3, other: 0 },
    },
  ],
};
