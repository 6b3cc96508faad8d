import type { Recipe, StageName, TextRecipe } from "../recipe/schema";
import type { SourceId } from "../recipe/text-source";
import type { DataSummary } from "../stages/data/types";
import type { EditCost, EditSpec, EditSummary, KeptDensity, SubnetTraining } from "../stages/edit/types";
import type { Sampling } from "../stages/evaluation/sample-token";
import type { FactorSummary } from "../stages/factors/types";
import type { LinearId, ModelSpec, ModelSummary, TrainingPoint } from "../stages/model/types";
import type { Evaluated, Outcome } from "./study";
import type { Notice } from "../stages/progress";
import type { BandSamples, LinearBands, LinearSpectrum } from "../stages/spectrum/types";
import type { TrainingSettings } from "../recipe/training-settings";
import type { TrainingPace } from "../training/vit-pace";

/** The boundary between page and worker: types only. GPU objects never cross it. */
export interface Engine {
  /** Where to compute; undefined leaves it to the engine. Heeded if it comes before anything else is asked. */
  choose(backend: BackendChoice | undefined): void;
  /** What the browser offers and what is used; resolves also without WebGPU. */
  probe(): Promise<DeviceReport>;
  /** Runs the stages of a recipe whose artifacts are not cached; events tell of each. */
  run(recipe: Recipe, onEvent: (event: EngineEvent) => void): RunHandle;
  /** Evaluates one edit per linear, K-FAC and SVD (paper, Figure 4 top). */
  scan(recipe: Recipe, spec: ScanSpec, onEvent: (event: ScanEvent) => void): RunHandle;
  /** Collects factors of several texts and evaluates one edit with each of them; factors of other texts are given back. */
  compareSources(recipe: TextRecipe, spec: SourcesSpec, onEvent: (event: SourceEvent) => void): RunHandle;
  /** Takes a text for factors: checks it, keeps it in this browser, and tells how the recipe's model reads it. */
  adoptText(recipe: TextRecipe, file: File, opening?: Opening): Promise<AdoptedText>;
  /** A text that this browser keeps; rejects if it does not have it. */
  ownText(recipe: TextRecipe, sha256: string): Promise<OwnText>;
  /** Evaluates edits one after the other, by metrics that need no generation; what was evaluated before is told at once. */
  search(recipe: Recipe, edits: readonly EditSpec[], onEvent: (event: SearchEvent) => void): RunHandle;
  /** What searches of this recipe's model, data and evaluation have found so far, also on earlier visits. */
  searchedRows(recipe: Recipe): Promise<readonly ScanRow[]>;
  /** Drops what they have found. */
  forgetSearched(recipe: Recipe): Promise<void>;
  /** Images redrawn at `size` pixels; RGBA, 4·size·size bytes each, concatenated. */
  images(recipe: Recipe, indices: readonly number[], size: number): Promise<Uint8ClampedArray>;
  /** Continues a prompt under several edits of a language model, one after the other; tokens are told as they come. */
  generate(recipe: Recipe, request: GenerationRequest, onEvent: (event: GenerationEvent) => void): RunHandle;
  /** Loss of every token of a text under several edits of a language model. */
  tokenLosses(recipe: Recipe, request: LossRequest): Promise<TokenLosses>;
  /** Registers files a person dropped: config.json and model.safetensors, optionally training.json. */
  adopt(files: readonly File[], opening?: Opening): Promise<AdoptedModel>;
  /** What a model of the hub is; what is loaded of it stays stored for the run. */
  inspect(model: HubModel, opening?: Opening): Promise<ModelSummary>;
  /** The edited model as a Hugging Face folder: config.json and model.safetensors. */
  exportModel(recipe: Recipe, edit: EditSpec): Promise<readonly NamedBytes[]>;
  /**
   * Trains a small ViT, or goes on where a training of the same settings stopped. After every epoch its state is stored,
   * so that a stop or a closed page loses no more than the epoch under way.
   */
  train(request: TrainingRequest, onEvent: (event: TrainingEvent) => void): RunHandle;
  /** Masks of BalancedSubnet edits that this browser keeps, so that none is learned twice. */
  masks(): Promise<KeptMasks>;
  /** Drops them; a run under way ends first. */
  forgetMasks(): Promise<void>;
  /** What trainings have left in this browser. */
  trainings(): Promise<Trainings>;
  /** How fast a training of these settings goes here, measured for about a second. */
  measureTraining(settings: TrainingSettings): Promise<TrainingPace>;
  /** Keeps the network of the training that stands as a model, under the name of its settings and epoch. */
  keepTrained(): Promise<KeptModel>;
  removeTrained(id: string): Promise<void>;
  /** A kept model as a Hugging Face folder, with its training record. */
  trainedFolder(id: string): Promise<readonly NamedBytes[]>;
}

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface RunHandle {
  /** Resolves when all stages are done; rejects with an `EngineError`. */
  readonly finished: Promise<void>;
  /** `finished` rejects within 200 ms and no event follows; what factors have been collected is kept. */
  cancel(): void;
}

/** How the opening of a model is watched and stopped; stopped, it rejects with an `EngineError` that is cancelled. */
export interface Opening {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export type HubModel = Extract<ModelSpec, { kind: "hub" }>;

export interface AdoptedModel {
  readonly sha256: string;
  readonly summary: ModelSummary;
}

/** A text of a person's own, as a model reads it. */
export interface OwnText {
  /** Of its bytes; how recipes name it. */
  readonly sha256: string;
  readonly characters: number;
  /** Without the end of text before it. */
  readonly tokens: number;
  readonly windows: number;
  /** Its first words, to know it by. */
  readonly opening: string;
}

export interface AdoptedText {
  readonly text: OwnText;
  /** What went another way than hoped, as where the storage is full. */
  readonly notices: readonly Notice[];
}

export interface SourcesSpec {
  readonly sources: readonly SourceId[];
  /** Evaluated with the factors of each text; none where there is no K-FAC edit. */
  readonly edit: EditSpec | undefined;
}

/** Factors of one text, and what an edit with them keeps and does. */
export interface SourceResult {
  readonly source: SourceId;
  readonly factors: readonly FactorSummary[];
  readonly spectra: readonly LinearSpectrum[];
  /** Device memory that factors and eigenvectors take. */
  readonly bytes: number;
  readonly edit:
    (Pick<EditResultParts, "edit" | "kept"> & { readonly metrics: Outcome["metrics"] }) | undefined;
}

export type SourceEvent =
  | { readonly kind: "source-started"; readonly source: SourceId }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "source"; readonly result: SourceResult }
  | { readonly kind: "memory"; readonly gpuBytes: number }
  | { readonly kind: "failed"; readonly failure: Failure };

export type BackendChoice = "webgpu" | "cpu";

/** A GPU, one that a driver emulates on the processor, or none. */
export type WebGpuOffer =
  | { readonly kind: "gpu"; readonly description: string }
  | { readonly kind: "emulated"; readonly description: string; readonly emulator: string }
  /** The description is why there is none: a clause that calls WebGPU “it”. */
  | { readonly kind: "none"; readonly description: string };

export interface DeviceReport {
  /** What computes. */
  readonly backend: "webgpu" | "wasm";
  /** What a person chose; it is not followed where WebGPU is not offered. */
  readonly choice: BackendChoice | undefined;
  /** What the browser offers, whether it is used or not. */
  readonly webgpu: WebGpuOffer;
  readonly threads: number;
  readonly crossOriginIsolated: boolean;
}

/** A failure as data: what went wrong and the way out, both for a person to read. */
export interface Failure {
  readonly stage: StageName | undefined;
  readonly message: string;
  readonly remedy: string;
  readonly cancelled: boolean;
}

export interface Progress {
  readonly stage: StageName;
  /** What is being counted, e.g. `images`, `sweeps`, `MB`. */
  readonly unit: string;
  readonly done: number;
  readonly total: number;
  /** Units per second so far. */
  readonly rate: number;
  /** Seconds left at this rate; undefined before the first unit. */
  readonly remaining: number | undefined;
}

export type EngineEvent =
  | { readonly kind: "stage-started"; readonly stage: StageName; readonly cached: boolean }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "stage-finished"; readonly stage: StageName; readonly milliseconds: number }
  /** Something went another way than hoped, and the run goes on. */
  | { readonly kind: "notice"; readonly notice: Notice }
  | { readonly kind: "data"; readonly summary: DataSummary }
  | { readonly kind: "model"; readonly summary: ModelSummary }
  | { readonly kind: "factors"; readonly samples: number; readonly factors: readonly FactorSummary[] }
  | { readonly kind: "spectrum"; readonly spectra: readonly LinearSpectrum[] }
  | { readonly kind: "bands"; readonly bands: readonly LinearBands[]; readonly samples: BandSamples }
  /** Images or passages that the outcome of every `edit` event refers to, in order. */
  | Evaluated
  | { readonly kind: "edit"; readonly result: EditResult }
  /** How the mask of an edit is being learned; `position` is that in `recipe.edits`. */
  | {
      readonly kind: "subnet";
      readonly position: number;
      readonly edit: EditSpec;
      readonly training: SubnetTraining;
      /** Steps that an earlier learning had done and this one goes on from. */
      readonly from?: number;
    }
  | { readonly kind: "memory"; readonly gpuBytes: number }
  | { readonly kind: "failed"; readonly failure: Failure };

interface EditResultParts {
  /** Position in `recipe.edits`. */
  readonly position: number;
  readonly edit: EditSpec;
  readonly kept: readonly EditSummary[];
  /** Kept boundary J(i) of every edited linear, for the λμ plane; empty for other methods than K-FAC pairs. */
  readonly staircases: Readonly<Record<LinearId, Uint32Array>>;
  /** Where the pairs lie that are kept, of each linear that keeps pairs but no staircase of them. */
  readonly densities?: Readonly<Record<LinearId, KeptDensity>>;
  readonly milliseconds: number;
  /** What it took to make the edit; the unedited model takes nothing. */
  readonly cost?: EditCost;
  /** How a mask was learned, of BalancedSubnet. */
  readonly training?: SubnetTraining;
}

/** What an edit kept and what came of it. */
export type EditResult = EditResultParts & Outcome;
export type ImageEditResult = Extract<EditResult, { readonly modality: "images" }>;
export type TextEditResult = Extract<EditResult, { readonly modality: "text" }>;

export interface GenerationRequest {
  readonly prompt: string;
  /** The edits to generate under; all of them need a run that has finished. */
  readonly edits: readonly EditSpec[];
  readonly maxTokens: number;
  readonly sampling: Sampling;
}

export type GenerationEvent =
  /** `edit` is its place in the request. */
  | { readonly kind: "token"; readonly edit: number; readonly text: string }
  | { readonly kind: "ended"; readonly edit: number; readonly milliseconds: number }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface LossRequest {
  readonly text: string;
  readonly edits: readonly EditSpec[];
}

export interface TokenLosses {
  readonly tokens: readonly string[];
  /** By place of the edit in the request: −ln p of each token given those before it, in nats. */
  readonly losses: readonly (readonly number[])[];
}

/** One edit of a scan and what came of it. */
export interface ScanRow {
  readonly edit: EditSpec;
  readonly metrics: Outcome["metrics"];
}

export interface ScanSpec {
  readonly linears: readonly LinearId[];
  readonly energies: readonly number[];
  readonly keeps: readonly number[];
}

export type ScanEvent =
  | { readonly kind: "progress"; readonly progress: Progress }
  | ({ readonly kind: "row" } & ScanRow)
  | { readonly kind: "failed"; readonly failure: Failure };

export interface TrainingRequest {
  readonly settings: TrainingSettings;
  /** Epochs from one picture of the bands to the next. */
  readonly bandsEvery: number;
  /** Starts anew even if a training of these settings stands. */
  readonly fresh: boolean;
}

/** Band responses of the last layer's fc2 after an epoch. */
export interface EpochBands {
  readonly epoch: number;
  readonly bands: LinearBands;
  /** Wrongly labelled images behind them: those that got their wrong label. */
  readonly memorizedImages: number;
}

/** A training that stands: what of it is stored in this browser. */
export interface StoodTraining {
  readonly settings: TrainingSettings;
  readonly bandsEvery: number;
  readonly curve: readonly TrainingPoint[];
  readonly bands: readonly EpochBands[];
}

export interface TrainingProgress {
  /** From 1; the one under way. */
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Of the last batch. */
  readonly loss: number;
  readonly stepsPerSecond: number;
  readonly imagesPerSecond: number;
  /** Seconds left, with the pauses between epochs; undefined before they are known. */
  readonly remaining: number | undefined;
}

export type TrainingEvent =
  /** First of all: what it goes on from, or nothing. */
  | { readonly kind: "began"; readonly from: StoodTraining }
  | { readonly kind: "step"; readonly progress: TrainingProgress }
  | { readonly kind: "epoch"; readonly point: TrainingPoint }
  | { readonly kind: "bands"; readonly bands: EpochBands }
  | { readonly kind: "failed"; readonly failure: Failure };

/** A network trained here and kept; its name tells its settings. */
export interface KeptModel {
  readonly id: string;
  /** Accuracies after its last epoch. */
  readonly point: TrainingPoint;
  readonly bytes: number;
}

/** Masks in the browser's storage. */
export interface KeptMasks {
  /** Learned to the end. */
  readonly whole: number;
  /** Learned in part. */
  readonly half: number;
  readonly bytes: number;
  /** Whether what is kept outlives the page. */
  readonly lasting: boolean;
}

export interface Trainings {
  readonly stood: StoodTraining | undefined;
  /** The training was under way when its page was closed. */
  readonly interrupted: boolean;
  readonly kept: readonly KeptModel[];
  /** Whether what is kept outlives the page. */
  readonly lasting: boolean;
}

/** Progress counts all edits of the search, those known before too; its rate is of those evaluated now. */
export type SearchEvent =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "rows"; readonly rows: readonly ScanRow[] }
  | { readonly kind: "failed"; readonly failure: Failure };

export type { TrainingPace } from "../training/vit-pace";
