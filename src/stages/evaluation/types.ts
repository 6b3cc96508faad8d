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
}

/** Predicted class per evaluated image, in the order of the evaluation's image records. */
export interface Predictions {
  readonly labels: Uint8Array;
  /** Probability of the predicted class. */
  readonly confidence: Float32Array;
}
