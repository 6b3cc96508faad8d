import type { TrainingPoint, TrainingSummary } from "../stages/model/types";

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

const fields = ["epoch", "loss", "clean", "memorized", "groundTruth", "validation"] as const;

function isPoint(value: unknown): value is TrainingPoint {
  return isObject(value) && fields.every((field) => Number.isFinite(value[field]));
}

/** The part of a `training.json` the page shows; a record that is none is left out, since no result depends on it. */
export function readTrainingRecord(json: unknown): TrainingSummary | undefined {
  if (!isObject(json)) return undefined;
  const { procedure, description, curve } = json;
  if (typeof procedure !== "string" || typeof description !== "string" || !Array.isArray(curve))
    return undefined;
  return { procedure, description, curve: curve.filter(isPoint) };
}
