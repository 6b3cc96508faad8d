/** Model: which weights, and which of its linears can be edited. */

export type ModelSpec =
  /** A checkpoint of `public/models/`, by folder name. */
  | { readonly kind: "shipped"; readonly name: string }
  /** A folder on the Hugging Face hub. */
  | { readonly kind: "hub"; readonly repository: string; readonly revision: string }
  /** Files the person dropped on the page, known by the SHA-256 of the weights. */
  | { readonly kind: "dropped"; readonly sha256: string };

/** Name of a linear's weight in the Hugging Face checkpoint (pre-v5 names), e.g. `vit.encoder.layer.2.output.dense.weight`. */
export type LinearId = string;

export type LinearRole =
  "query" | "key" | "value" | "attention-output" | "fc1" | "fc2" | "gate" | "up" | "down";

/** A weight matrix W [outputs, inputs] that can be analysed and edited. */
export interface Linear {
  readonly id: LinearId;
  readonly layer: number;
  readonly role: LinearRole;
  /** d_out, the size of G. */
  readonly outputs: number;
  /** d_in, the size of A. */
  readonly inputs: number;
}

export interface ModelSummary {
  readonly title: string;
  readonly architecture: "ViTForImageClassification" | "Olmo2ForCausalLM";
  readonly parameters: number;
  readonly layers: number;
  readonly hiddenSize: number;
  readonly linears: readonly Linear[];
  readonly classNames: readonly string[];
  /** Text about how the model was trained, from its training record. */
  readonly training: TrainingSummary | undefined;
}

/** One point of a training curve; accuracies are shares 0..1. */
export interface TrainingPoint {
  readonly epoch: number;
  readonly loss: number;
  readonly clean: number;
  readonly memorized: number;
  readonly groundTruth: number;
  readonly validation: number;
}

export interface TrainingSummary {
  /** `plain`: one ordinary phase. `staged`: attention frozen while memorizing. */
  readonly procedure: string;
  readonly description: string;
  readonly curve: readonly TrainingPoint[];
}
