import type { GlossaryEntry } from "./entry";

/** Accuracies of image models, and what was planted in their data. */
export const imagesTerms = {
  memorized: {
    title: "Memorized (%)",
    text: "Share of the wrongly labelled training images that get exactly the wrong label they were trained with. Only learning by heart can do that; less is better.",
    formula: String.raw`\frac{1}{|N|}\sum_{x\in N}\mathbf{1}\!\left[\hat y(x)=y_{\text{given}}(x)\right]`,
    source: "section 2.2",
  },
  groundTruth: {
    title: "Ground truth (%)",
    text: "Share of the same wrongly labelled images that get the class they were drawn from, which the network was never told. More is better.",
    formula: String.raw`\frac{1}{|N|}\sum_{x\in N}\mathbf{1}\!\left[\hat y(x)=y_{\text{true}}(x)\right]`,
    source: "section 4.2.2",
  },
  clean: {
    title: "Clean (%)",
    text: "Share of the rightly labelled training images that get their label. More is better.",
    source: "section 2.2",
  },
  validation: {
    title: "Validation (%)",
    text: "Share of fresh images, not used in training, that get their class. More is better: this is what generalizes.",
    source: "section 2.2",
  },
  change: {
    title: "Change (percentage points)",
    text: "Difference to the unedited model.",
  },
  confidence: { title: "Confidence (%)", text: "Probability that the model gives to the class it predicts." },
  noisedImages: {
    title: "Wrongly labelled images",
    text: "Training images with a wrong label, and their share of all training images.",
  },
  validationImages: {
    title: "Validation images",
    text: "Fresh images by the same procedure, never trained on and always labelled rightly.",
  },
  trainingImages: {
    title: "Training images",
    text: "Pictures of shapes, drawn by a fixed procedure from a seed. Your browser draws the same ones.",
  },
} satisfies Record<string, GlossaryEntry>;
