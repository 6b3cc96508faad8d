import type { Backend } from "../runtime/backend";
import type { DataSummary, ImageRecord, PassageRecord, Samples } from "../stages/data/types";
import type { ForgetAndRetain } from "../stages/edit/subnet-learner";
import type { BalancedSubnetSpec } from "../stages/edit/types";
import type {
  ClassificationMetrics,
  Continuation,
  Predictions,
  TextMetrics,
} from "../stages/evaluation/types";
import type { DeviceTensor } from "../runtime/device-tensor";
import type { LinearId, LoadedModel, Tapped } from "../stages/model/types";
import type { StageContext } from "../stages/progress";

/** What a recipe says of its data, before any model is there. */
export interface Subject {
  readonly summary: DataSummary;
  /** Samples that the factors are averaged over; fewer where there are not as many. */
  readonly factorSamples: number;
  /**
   * The model together with this data. Takes the model over only if it returns.
   * @throws LabError if the model and the data do not fit.
   */
  with(model: LoadedModel): Study;
}

/** A model and the data it is studied on. */
export interface Study {
  readonly model: LoadedModel;
  /** The model as factors see it, and the samples they are averaged over. */
  readonly tapped: Tapped;
  samples(context: StageContext): Promise<Samples>;
  prepare(backend: Backend, context: StageContext): Promise<Evaluation>;
  /** What a BalancedSubnet edit learns its masks from. */
  forgetAndRetain(spec: BalancedSubnetSpec, context: StageContext): Promise<ForgetAndRetain>;
}

/** What an evaluated model did; images in the order of the records, passages likewise. */
export type Outcome =
  | {
      readonly modality: "images";
      readonly metrics: ClassificationMetrics;
      readonly predictions: Predictions;
    }
  | {
      readonly modality: "text";
      readonly metrics: TextMetrics;
      readonly continuations: readonly Continuation[];
    };

/** What outcomes refer to. */
export type Evaluated =
  | { readonly kind: "images"; readonly records: readonly ImageRecord[] }
  | { readonly kind: "passages"; readonly records: readonly PassageRecord[] };

/** Samples that band responses compare. */
export interface BandGroups {
  readonly tapped: Tapped;
  readonly samples: Samples;
  /** Samples the unedited model has learned by heart, and others; either may be empty. */
  readonly memorized: readonly number[];
  readonly clean: readonly number[];
  /** Whether factors are averaged over the first of these same samples; else over none of them. */
  readonly giveFactors: boolean;
}

/** Data kept on the device, on which a model is measured under one edit after the other. */
export interface Evaluation {
  readonly evaluated: Evaluated;
  readonly unedited: Outcome;
  readonly bands: BandGroups;
  /** `onPart` hears what is known before the outcome is whole. */
  measure(
    weights: ReadonlyMap<LinearId, DeviceTensor>,
    context: StageContext,
    onPart?: (outcome: Outcome) => void,
  ): Promise<Outcome>;
  /** What takes no text to be written: of a language model neither loose nor Levenshtein. */
  score(weights: ReadonlyMap<LinearId, DeviceTensor>, context: StageContext): Promise<Outcome>;
  release(): Promise<void>;
}
