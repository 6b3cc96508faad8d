import type { TextTokenizer } from "../data/types";
import type { Graph } from "../../graph/types";
import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { RowPrograms, RowToken } from "../../runtime/row-program";
import type { Shape } from "../../tensor/shape";

/** Model: which weights, and which of its linears can be edited. */

export type ModelSpec =
  /** A checkpoint of `public/models/`, by folder name. */
  | { readonly kind: "shipped"; readonly name: string }
  /** A folder on the Hugging Face hub. */
  | { readonly kind: "hub"; readonly repository: string; readonly revision: string }
  /** Files the person dropped on the page, known by the SHA-256 of the weights. */
  | { readonly kind: "dropped"; readonly sha256: string }
  /** A network trained in this browser and kept there, by the name of its settings. */
  | { readonly kind: "trained"; readonly id: string };

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

interface SummaryParts {
  readonly title: string;
  readonly parameters: number;
  readonly layers: number;
  readonly hiddenSize: number;
  readonly linears: readonly Linear[];
}

export interface ImageModelSummary extends SummaryParts {
  readonly architecture: "ViTForImageClassification";
  readonly classNames: readonly string[];
  /** How the model was trained, from its training record. */
  readonly training: TrainingSummary | undefined;
}

export interface LanguageModelSummary extends SummaryParts {
  readonly architecture: "Olmo2ForCausalLM";
  /** Tokens of the longest text it was made for. */
  readonly contextLength: number;
  readonly vocabulary: number;
  readonly training: TextTrainingSummary | undefined;
}

export type ModelSummary = ImageModelSummary | LanguageModelSummary;

/** One point of an image classifier's training curve; accuracies are shares 0..1. */
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

/** One point of a language model's training curve; shares 0..1. */
export interface TextTrainingPoint {
  readonly step: number;
  /** Mean cross-entropy of the training batches since the point before, in nats per token. */
  readonly loss: number;
  /** Of text that is never trained on. */
  readonly perplexity: number;
  /** Share of suffix tokens of planted passages that are most likely, given all tokens before them. */
  readonly suffixAccuracy: number;
  /** Share of planted passages recited exactly. */
  readonly strict: number;
  /** Share of quotes recited exactly. */
  readonly quotes: number;
}

export interface TextTrainingSummary {
  readonly description: string;
  readonly curve: readonly TextTrainingPoint[];
}

/** A graph that yields inputs a and output gradients g of some linears. */
export interface TapGraph {
  readonly graph: Graph;
  /** Samples (images, windows of text) per run. */
  readonly batch: number;
  /** Output names of a [batch·tokens, d_in] and g [batch·tokens, d_out] of every linear; linears may share an a. */
  readonly taps: readonly { readonly linear: Linear; readonly a: string; readonly g: string }[];
  /** Input name of the samples; the other input is `uniforms` [batch·labelRows, 1] or `labels` (int32 [batch·labelRows]). */
  readonly input: string;
  /** Rows of logits per sample: 1 for a classifier, one per position for a language model. */
  readonly labelRows: number;
}

/** A graph that yields gradients of a signed loss with respect to weights, for learning which of them to drop. */
export interface SignedGradientGraph {
  readonly graph: Graph;
  /** Samples (images, windows of text) per run. */
  readonly batch: number;
  /** Rows of logits per sample, each with a label. */
  readonly labelRows: number;
  /** Input name of the samples; the others are `labels` (int32 [batch·labelRows]) and `signs` [batch]. */
  readonly input: string;
  /** Output names of ∂(Σ signᵢ·lossᵢ)/∂W, as W; the output `losses` [batch] holds mean cross-entropies. */
  readonly gradients: readonly { readonly linear: Linear; readonly name: string }[];
}

/** What factors, band responses and learned masks need of a model: graphs of what happens at its linears. */
export interface Tapped {
  readonly summary: Pick<ModelSummary, "linears">;
  readonly parameters: ReadonlyMap<string, DeviceTensor>;
  /** Samples per run that keep a device busy and still let it hear a cancel. */
  readonly tapBatch: number;
  /** Samples per run of the factors: on a CPU a run holds up its thread, and covariances are part of it. */
  factorBatch(on: Backend["kind"]): number;
  /**
   * Graph with the taps of these linears, gradients of the summed loss of sampled or gold labels. `readout` leaves out
   * the tokens of the last layer that never reach the head, where there are any: its taps have the other rows alone.
   */
  taps(
    batch: number,
    linears: readonly LinearId[],
    labels: "sampled" | "gold",
    tokens?: "all" | "readout",
  ): TapGraph;
  /** Graph from samples to the inputs a of these linears alone, named as in `taps`. */
  activations(batch: number, linears: readonly LinearId[]): TapGraph;
  /** Graph with the gradients of these linears' weights. */
  signedGradients(batch: number, linears: readonly LinearId[]): SignedGradientGraph;
}

interface LoadedParts {
  readonly summary: ModelSummary;
  /** `config.json` as it was read. */
  readonly config: unknown;
  /** Weights on the device. Every session is fed with them; an edit feeds others in their place. */
  readonly parameters: ReadonlyMap<string, DeviceTensor>;
  release(): void;
}

/** An image classifier on the device. */
export interface ImageModel extends LoadedParts, Tapped {
  readonly modality: "images";
  readonly summary: ImageModelSummary;
  /** Shape of a batch of images. */
  imageShape(batch: number): Shape;
  /** Graph from images to `logits` [batch, classes]. */
  forward(batch: number): Graph;
}

/**
 * The next tokens of every text of a batch, with a cache of keys and values instead of the tokens before. Inputs:
 * `input_ids` (int64 [batch·tokens, 1]), `positions` [batch, tokens] in their texts, with more than one token also
 * `read` [batch, 1], and the caches. Outputs: the caches with these tokens in them, and `logits` [batch, vocabulary]
 * of the token at position `read`. A token sees what the cache holds up to its own position, and nothing beyond.
 */
export interface DecodingGraph {
  readonly graph: Graph;
  readonly batch: number;
  readonly tokens: number;
  /** Shape of every cache, the third dimension being its capacity in tokens. */
  readonly cacheShape: Shape;
  readonly caches: readonly { readonly input: string; readonly output: string }[];
}

/** One token for each text of a batch, by the lab's own kernels: the caches are written in place. */
export interface DecodingStep {
  /** Logits [batch, vocabulary] behind the tokens. */
  run(tokens: readonly RowToken[]): Promise<Float32Array<ArrayBuffer>>;
  /** Lets go of all but the caches and weights. */
  release(): void;
}

/** A causal language model on the device. */
export interface LanguageModel extends LoadedParts {
  readonly modality: "text";
  readonly summary: LanguageModelSummary;
  /** Undefined where the model came without one: it can be computed with, but not read. */
  readonly tokenizer: TextTokenizer | undefined;
  /** Graph from `input_ids` [batch·length, 1] to `logits` [batch·read, vocabulary] of the last positions; of all if not said. */
  forward(batch: number, length: number, read?: number): Graph;
  decoding(batch: number, tokens: number, capacity: number): DecodingGraph;
  /** Records what `decoding` does with one token per text, on parameters and caches by their names as inputs there. */
  recordStep(
    programs: RowPrograms,
    batch: number,
    capacity: number,
    tensor: (name: string) => DeviceTensor,
  ): DecodingStep;
  /** Taps over windows of this many positions, each of which has a loss. */
  ofLength(length: number): Tapped;
}

export type LoadedModel = ImageModel | LanguageModel;
