import type {
  Failure,
  KeptModel,
  StoodTraining,
  TrainingEvent,
  TrainingPace,
  TrainingProgress,
  Trainings,
} from "../../engine/api";
import type { DecaySeries } from "../../engine/client";
import {
  defaultTraining,
  trainedId,
  trainedModelOf,
  type TrainedModelName,
  type TrainingSettings,
} from "../../recipe/training-settings";
import type { ViewState } from "./view-slice";

/** Trainings in the tab: what is under way, what stands, what is kept. What a person wants to train is in the view. */
export interface TrainingPanelState {
  readonly status: "idle" | "running" | "stopped" | "finished" | "failed";
  /** What is trained so far, also of an earlier visit. */
  readonly stood: StoodTraining | undefined;
  readonly progress: TrainingProgress | undefined;
  readonly failure: Failure | undefined;
  readonly pace: PaceState;
  readonly kept: readonly KeptModel[];
  /** What this browser has is known. */
  readonly opened: boolean;
  /** Whether what is kept outlives the page. */
  readonly lasting: boolean;
  readonly series: DecaySeries | undefined;
}

/** How fast a training of some settings would go here. */
export type PaceState =
  | { readonly kind: "unknown" }
  | { readonly kind: "measuring"; readonly settings: TrainingSettings }
  | { readonly kind: "measured"; readonly settings: TrainingSettings; readonly pace: TrainingPace };

export const initialTraining: TrainingPanelState = {
  status: "idle",
  stood: undefined,
  progress: undefined,
  failure: undefined,
  pace: { kind: "unknown" },
  kept: [],
  opened: false,
  lasting: true,
  series: undefined,
};

/** What the fields of the panel hold. */
export function wantedSettings({ train }: ViewState): TrainingSettings {
  return train ?? defaultTraining;
}

/** Epochs from one picture of the bands to the next. */
export function wantedBandsEvery({ bandsEvery }: ViewState): number {
  return bandsEvery ?? 5;
}

export function sameSettings(first: TrainingSettings, second: TrainingSettings): boolean {
  return trainedId({ settings: first, epoch: 1 }) === trainedId({ settings: second, epoch: 1 });
}

/** The state after the engine has told what this browser has. */
export function withTrainings(
  training: TrainingPanelState,
  { stood, kept, lasting }: Trainings,
): TrainingPanelState {
  return { ...training, stood, kept, lasting, opened: true };
}

export function trainingStarted(training: TrainingPanelState): TrainingPanelState {
  return { ...training, status: "running", progress: undefined, failure: undefined };
}

/** The state after one more event. */
export function trainingAfter(training: TrainingPanelState, event: TrainingEvent): TrainingPanelState {
  const { stood } = training;
  switch (event.kind) {
    case "began":
      return { ...training, stood: event.from };
    case "step":
      return { ...training, progress: event.progress };
    case "epoch":
      return stood === undefined
        ? training
        : { ...training, stood: { ...stood, curve: [...stood.curve, event.point] } };
    case "bands":
      return stood === undefined
        ? training
        : { ...training, stood: { ...stood, bands: [...stood.bands, event.bands] } };
    case "failed":
      return training;
  }
}

export function trainingEnded(
  training: TrainingPanelState,
  failure: Failure | undefined,
): TrainingPanelState {
  const ended = { ...training, progress: undefined };
  if (failure === undefined) return { ...ended, status: "finished" };
  return failure.cancelled ? { ...ended, status: "stopped" } : { ...ended, status: "failed", failure };
}

/** The model that the training which stands would be kept as. */
export function standingName({ stood }: TrainingPanelState): TrainedModelName | undefined {
  const epoch = stood?.curve.length ?? 0;
  return stood === undefined || epoch === 0 ? undefined : { settings: stood.settings, epoch };
}

/** The trained model of a recipe that this browser does not keep; undefined while it is not known what it keeps. */
export function missingTrained(
  { opened, kept }: TrainingPanelState,
  model: { readonly kind: string; readonly id?: string } | undefined,
): TrainedModelName | undefined {
  if (!opened || model?.kind !== "trained" || model.id === undefined) return undefined;
  return kept.some(({ id }) => id === model.id) ? undefined : trainedModelOf(model.id);
}
