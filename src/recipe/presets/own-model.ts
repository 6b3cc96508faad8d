import { vitLinear } from "../linear-name";
import type { ImageRecipe } from "../schema";

/** Where a person's own model starts when no shipped recipe is at hand: each part as the paper has it. */
export const ownModelRecipe: ImageRecipe = {
  version: 1,
  title: "Own model",
  data: {
    kind: "shapes",
    seed: 1001,
    trainingImages: 14000,
    validationImages: 1000,
    labelNoise: 0.2,
    classes: 10,
  },
  model: { kind: "dropped", sha256: "0".repeat(64) },
  factors: {
    linears: [vitLinear(0, "fc2") ?? ""],
    images: 1000,
    tokens: "readout",
    labels: "sampled",
    seed: 1,
  },
  spectrum: { bandOrder: "product", bandTokens: "readout", bandNormalized: false },
  edits: [
    { method: "none" },
    { method: "kfac", linears: [vitLinear(0, "fc2") ?? ""], energy: 0.8, selection: "pairs" },
    { method: "svd", linears: [vitLinear(0, "fc2") ?? ""], keep: 0.2 },
  ],
  evaluation: { clean: 500, memorized: 500, validation: 1000 },
};
