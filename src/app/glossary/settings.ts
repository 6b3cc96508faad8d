import type { GlossaryEntry } from "./entry";

/** What a person sets of a run, beyond the edit itself. */
export const settingsTerms = {
  factorImages: {
    title: "Images averaged over",
    text: "Training images whose activations and gradients A and G are averages of. With more of them chance has less say in the eigenvectors, and collecting takes longer.",
    source: "section 4.1, 10,000 images there",
  },
  factorWindows: {
    title: "Windows averaged over",
    text: "Pieces of text, each of a set number of tokens, whose activations and gradients A and G are averages of. With more of them chance has less say in the eigenvectors, and collecting takes longer.",
    source: "section 4.1, 2 million tokens there",
  },
  factorText: {
    title: "Text of the factors",
    text: "What the model reads while its curvature is collected. Fresh text holds no planted passage, so the cut cannot know what was planted.",
  },
  gradientLabels: {
    title: "Labels of the gradients",
    text: "The Fisher information asks for labels drawn from the model's own prediction, and so does the paper. The labels of the data give the empirical Fisher instead, which the authors' script takes by default.",
    formula: String.raw`\hat y\sim p(\,\cdot\mid x),\quad g=\frac{\partial\mathcal L(\hat y)}{\partial s}`,
    source: "section 2.3",
  },
  factorTokens: {
    title: "Tokens of the factors",
    text: "Only the class token of the last layer reaches the head, so the other tokens have no gradient there. Leaving them out keeps A of that layer to the inputs that count.",
  },
  factorSeed: {
    title: "Seed of the factors",
    text: "Draws the labels that the gradients are of. The same seed draws the same.",
  },
  bandOrder: {
    title: "Order of the directions",
    text: "Bands are shares of the ranked directions. By curvature product a band holds pairs of eigenvectors; by λ alone it holds eigenvectors of the inputs.",
    source: "section 3.1",
  },
  bandTokens: {
    title: "Tokens of the bands",
    text: "Whose inputs are projected on the directions: the class token's, which the prediction is made from, or all tokens'.",
  },
  bandInputs: {
    title: "Inputs of the bands",
    text: "An input that is long responds more in every band. Divided by its norm only its direction counts.",
  },
  evaluatedImages: {
    title: "Images evaluated",
    text: "How many images of this group its accuracy is a share of. With fewer the numbers are there sooner, and coarser: one image of 500 is 0.2 %.",
  },
  evaluatedTexts: {
    title: "Texts evaluated",
    text: "How many of these the numbers are shares of or means over. With fewer the numbers are there sooner, and coarser: one passage of 120 is 0.8 %.",
  },
  dataSeed: {
    title: "Seed of the data",
    text: "Draws the whole data set, and what is planted in it. A shipped model was trained on the data of one seed alone.",
  },
  controlSeed: {
    title: "Seed of the control",
    text: "Draws the pairs that are kept. The same seed draws the same.",
  },
  writingSeed: {
    title: "Seed of the writing",
    text: "Draws the tokens where the choice is not greedy. The same seed writes the same.",
  },
  tokensAtMost: {
    title: "Tokens at most",
    text: "Where the writing ends, if the model does not end its text before. A token is a word, a part of one, or a sign.",
  },
} satisfies Record<string, GlossaryEntry>;
