import type { ImageRecipe } from "../../src/recipe/schema";

/** A whole recipe for tests: two layers' down-projections, all three methods. */
export const exampleRecipe: ImageRecipe = {
  version: 1,
  title: "Example & test: 100 %",
  data: {
    kind: "shapes",
    seed: 7,
    trainingImages: 14000,
    validationImages: 1000,
    labelNoise: 0.2,
    classes: 10,
  },
  model: { kind: "shipped", name: "vit-plain" },
  factors: {
    linears: ["vit.encoder.layer.2.output.dense.weight", "vit.encoder.layer.3.output.dense.weight"],
    images: 1000,
    tokens: "readout",
    labels: "sampled",
    seed: 1,
  },
  spectrum: { bandOrder: "product", bandTokens: "readout", bandNormalized: false },
  edits: [
    { method: "none" },
    {
      method: "kfac",
      linears: ["vit.encoder.layer.2.output.dense.weight", "vit.encoder.layer.3.output.dense.weight"],
      energy: 0.75,
      selection: "pairs",
    },
    { method: "svd", linears: ["vit.encoder.layer.3.output.dense.weight"], keep: 0.1 },
  ],
  evaluation: { clean: 500, memorized: 500, validation: 1000 },
};
