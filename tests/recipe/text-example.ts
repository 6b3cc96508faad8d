import type { TextRecipe } from "../../src/recipe/schema";

const linears = ["gate", "up", "down"].map((role) => `model.layers.0.mlp.${role}_proj.weight`);

/** A whole recipe for text: one layer's MLP, all three methods, own energies. */
export const textExample: TextRecipe = {
  version: 1,
  title: "Text",
  data: {
    kind: "corpus",
    seed: 23,
    pieces: 1_500_000,
    plants: 120,
    plantRepeats: 75,
    quotes: 40,
    quoteRepeats: 70,
  },
  model: { kind: "shipped", name: "olmo-planted" },
  factors: { linears, windows: 640, tokens: "all", text: "fresh", labels: "sampled", seed: 1 },
  spectrum: { bandOrder: "product", bandTokens: "all", bandNormalized: false },
  edits: [
    { method: "none" },
    {
      method: "kfac",
      linears,
      energy: 0.85,
      selection: "pairs",
      energies: { "model.layers.0.mlp.down_proj.weight": 0.8 },
    },
    { method: "svd", linears, keep: 0.3 },
  ],
  evaluation: { planted: 120, heldOut: 40, quotes: 40, freshWindows: 80 },
};
