import type { GlossaryEntry } from "./entry";

/** The supervised baseline: how its mask is learned, and whom it was taught. */
export const balancedSubnetTerms = {
  balancedSubnet: {
    title: "BalancedSubnet",
    text: "Every weight of the MLPs has a score. Gradient descent moves the scores so that the loss of memorized samples rises and that of others stays low; the weights of the smallest scores are dropped, and no weight is changed. Unlike K-FAC and SVD it has to be told what is memorized.",
    formula: String.raw`\hat W=M\odot W,\quad \min_s\ \sum_{x\in\text{retain}}L(x)-\sum_{x\in\text{forget}}L(x)`,
    source: "section 2.1.1",
  },
  drop: {
    title: "Weights dropped (%)",
    text: "Share of each matrix's weights that the mask sets to zero: those of the smallest scores. All others stay as they are.",
    source: "section 2.1.1",
  },
  forgetSet: {
    title: "Forget set (samples)",
    text: "Memorized samples the mask is taught to forget: planted passages of 112 tokens, or wrongly labelled images. Halves hold every genre alike, so the half that is not taught tells what else is forgotten.",
    source: "sections 2.1.1 and 3",
  },
  retainSet: {
    title: "Retain set (samples)",
    text: "Samples whose loss is kept low meanwhile: windows of fresh text, or clean images. None of them is evaluated.",
    source: "section 2.1.1",
  },
  genres: {
    title: "Genres to forget",
    text: "Passages of these genres alone are in the forget set. What happens to the others tells whether forgetting goes beyond the kind of text it was taught on.",
  },
  maskEpochs: {
    title: "Epochs",
    text: "How often every sample of both sets is seen. With 0 nothing is learned: a random mask, the control.",
    source: "section 2.1.1",
  },
  batchSize: {
    title: "Samples per step",
    text: "The scores move once per so many samples, drawn from both sets together; their losses are added up.",
  },
  learningRate: {
    title: "Learning rate",
    text: "How far the scores move along their velocity in one step.",
    formula: String.raw`s\leftarrow s-\eta v`,
  },
  momentum: {
    title: "Momentum",
    text: "How much of the velocity of the step before stays in the next.",
    formula: String.raw`v\leftarrow\beta v+\delta s+\tfrac{\partial L}{\partial\hat W}\odot W\odot\operatorname{sign}(s)`,
  },
  maskDecay: {
    title: "Weight decay",
    text: "Pulls every score towards zero by this share of it, as part of the gradient.",
  },
  maskSeed: {
    title: "Seed",
    text: "Of the first scores, drawn evenly from both sides of zero, and of the order of the samples. Masks of other seeds forget alike but for details.",
  },
  keptMasks: {
    title: "Kept masks (MB)",
    text: "Masks in this browser's storage, so that none is learned twice: one that is done takes a bit for each weight, one learned in part 8 bytes for each, a score and its velocity. The oldest go when there are more than 100 or they take more than 256 MB.",
  },
  targeted: {
    title: "Targeted",
    text: "Memorized samples of the forget set: the edit was taught to forget exactly these. Of passages the mean Levenshtein distance per suffix token, and below it the share still recited exactly; of images the share that still gets its wrong label, and below it the share that gets its true class.",
    source: "section 3, table 1",
  },
  untargeted: {
    title: "Held out",
    text: "Memorized samples of the same kinds that are not in the forget set. That they are forgotten too shows that memories share a part of the weights.",
    source: "section 3, table 1",
  },
  otherGenres: {
    title: "Other genres",
    text: "Planted passages of genres of which the forget set has none; none where it has all genres.",
    source: "section 3",
  },
  quoteLevenshtein: {
    title: "Levenshtein distance of quotes",
    text: "Mean distance of the continuations of quotes to the quotes, per token of the last eight; below it the share recited exactly. No quote is ever in a forget set.",
    source: "section 4.1, tables 2 and 5",
  },
} satisfies Record<string, GlossaryEntry>;
