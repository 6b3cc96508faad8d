import type { Graph } from "../../graph/types";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { Shape } from "../../tensor/shape";

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

/** A graph that yields inputs a and output gradients g of some linears. */
export interface TapGraph {
  readonly graph: Graph;
  readonly batch: number;
  /** Rows per image in every tap: tokens, the class token first. */
  readonly tokens: number;
  /** Output names of a [batch·tokens, d_in] and g [batch·tokens, d_out] of every linear; linears may share an a. */
  readonly taps: readonly { readonly linear: Linear; readonly a: string; readonly g: string }[];
  /** Input name of the images; the other input is `uniforms` [batch, 1] or `labels` (int32 [batch]). */
  readonly images: string;
}

/** A model on the device. Its parameters are what every session is fed with; edits write into them. */
export interface LoadedModel {
  readonly summary: ModelSummary;
  /** `config.json` as it was read. */
  readonly config: unknown;
  readonly parameters: ReadonlyMap<string, DeviceTensor>;
  /** Linears whose tokens beyond the class token never reach the head: those of the last layer. */
  readonly readoutLayer: number;
  /** Shape of a batch of images. */
  imageShape(batch: number): Shape;
  /** Graph from images to `logits` [batch, classes]. */
  forward(batch: number): Graph;
  /** Graph with the taps of these linears, gradients of the summed loss of sampled or gold labels. */
  taps(batch: number, linears: readonly LinearId[], labels: "sampled" | "gold"): TapGraph;
  /** Graph from images to the inputs a of these linears alone, named as in `taps`. */
  activations(batch: number, linears: readonly LinearId[]): TapGraph;
  release(): void;
}
