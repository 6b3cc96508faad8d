import type {
  TextTrainingPoint,
  TextTrainingSummary,
  TrainingPoint,
  TrainingSummary,
} from "../stages/model/types";

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isPoint<P>(fields: readonly (keyof P & string)[]): (value: unknown) => value is P {
  return (value): value is P => isObject(value) && fields.every((field) => Number.isFinite(value[field]));
}

const isImagePoint = isPoint<TrainingPoint>([
  "epoch",
  "loss",
  "clean",
  "memorized",
  "groundTruth",
  "validation",
]);
const isTextPoint = isPoint<TextTrainingPoint>([
  "step",
  "loss",
  "perplexity",
  "suffixAccuracy",
  "strict",
  "quotes",
]);

/** The part of a `training.json` the page shows; a record that is none is left out, since no result depends on it. */
export function readTrainingRecord(json: unknown): TrainingSummary | TextTrainingSummary | undefined {
  if (!isObject(json)) return undefined;
  const { procedure, description, curve } = json;
  if (typeof description !== "string" || !Array.isArray(curve)) return undefined;
  if (typeof procedure === "string") return { procedure, description, curve: curve.filter(isImagePoint) };
  return { description, curve: curve.filter(isTextPoint) };
}
