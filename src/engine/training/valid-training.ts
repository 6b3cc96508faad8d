import { boolean, faultText, integer, record, type Check, type Fault } from "../../recipe/check";
import { trainingLimits, trainingSettings } from "../../recipe/training-settings";
import type { TrainingSettings } from "../../recipe/training-settings";
import type { TrainingRequest } from "../api";
import { LabError } from "../failure";

const request = record<TrainingRequest>({
  settings: trainingSettings,
  bandsEvery: integer(1, trainingLimits.epochs.maximum),
  fresh: boolean,
});

function valid<T>(check: Check<T>, value: unknown): T {
  const faults: Fault[] = [];
  const checked = check(value, "", faults);
  if (checked !== undefined && faults.length === 0) return checked;
  throw new LabError(
    `These settings cannot be trained: ${faults.slice(0, 3).map(faultText).join("; ")}.`,
    "Change what is named.",
  );
}

/** The settings if they are whole; an error that names the first faults if not. */
export function validSettings(value: unknown): TrainingSettings {
  return valid(trainingSettings, value);
}

export function validTraining(value: unknown): TrainingRequest {
  return valid(request, value);
}
