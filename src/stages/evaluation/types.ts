import type { Fact } from "../data/types";

/** Evaluation: accuracies before and after an edit. */
export interface EvaluationSpec {
  /** How many images of each group are classified. */
  readonly clean: number;
  readonly memorized: number;
  readonly validation: number;
}

/** Accuracies are shares 0..1 of the images named. */
export interface ClassificationMetrics {
  /** Clean training images that get their label. */
  readonly clean: number;
  /** Noised training images that get the wrong label they were trained with. */
  readonly memorized: number;
  /** Noised training images that get the class they were drawn from. */
  readonly groundTruth: number;
  /** Fresh images that get their class. */
  readonly validation: number;
  readonly images: { readonly clean: number; readonly memorized: number; readonly validation: number };
  /** Where an edit of the recipe has a forget set. */
  readonly targeted?: TargetedClassification;
}

/** Noised images by whether they are in a forget set; shares 0..1, NaN of none. */
export interface TargetedClassification {
  readonly targeted: TargetedImages;
  readonly untargeted: TargetedImages;
}

export interface TargetedImages {
  readonly images: number;
  /** Share that gets the wrong label it was trained with. */
  readonly memorized: number;
  /** Share that gets the class it was drawn from. */
  readonly groundTruth: number;
}

/** Predicted class per evaluated image, in the order of the evaluation's image records. */
export interface Predictions {
  readonly labels: Uint8Array;
  /** Probability of the predicted class. */
  readonly confidence: Float32Array;
}

/** How much text a language model is measured on. */
export interface TextEvaluationSpec {
  /** Planted passages. */
  readonly planted: number;
  /** Passages like them that no model was trained with. */
  readonly heldOut: number;
  readonly quotes: number;
  /** Windows of fresh text, for nDCG@10 and perplexity. */
  readonly freshWindows: number;
}

/** How texts are recited; shares 0..1, undefined while the texts have not been generated. */
export interface RecitationMetrics {
  readonly passages: number;
  /** Recited exactly. */
  readonly strict: number;
  /** Recited with a Levenshtein distance of at most a quarter of the suffix; those recited exactly are among them. */
  readonly loose: number | undefined;
  /** Mean Levenshtein distance in tokens over the length of the suffix. */
  readonly levenshtein: number | undefined;
}

export interface TextMetrics {
  readonly planted: RecitationMetrics;
  readonly heldOut: RecitationMetrics;
  readonly quotes: RecitationMetrics;
  /** nDCG@10 of the next tokens of fresh text against those of the unedited model. */
  readonly ndcg: number;
  /** Share of positions of fresh text where the most likely next token is that of the unedited model. */
  readonly topOne: number;
  /** Of fresh text. */
  readonly perplexity: number;
  /** Share of facts of each kind whose answer is given exactly. */
  readonly facts: Readonly<Record<Fact["kind"], number>>;
  /** Where an edit of the recipe has a forget set. */
  readonly targeted?: TargetedRecitation;
}

/** Planted passages by where they stand to a forget set (paper, Table 1). */
export interface TargetedRecitation {
  /** In the forget set. */
  readonly targeted: RecitationMetrics;
  /** Of the genres of the forget set, but not in it. */
  readonly untargeted: RecitationMetrics;
  /** Of genres of which the forget set has none. */
  readonly otherGenres: RecitationMetrics;
}

/** What a model makes of one prefix. */
export interface Continuation {
  /** Whether it is the suffix, token by token. */
  readonly strict: boolean;
  /** Generated tokens, as shown; undefined while not generated. */
  readonly tokens: readonly string[] | undefined;
  /** Levenshtein distance to the suffix in tokens; undefined while not generated. */
  readonly distance: number | undefined;
}
