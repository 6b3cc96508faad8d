import { FileError } from "../files/file-error";
import { GpuMemoryError } from "../gpu/buffers";
import { GpuDeviceError } from "../gpu/device-errors";
import { MatrixError, type MatrixFault } from "../gpu/linalg/matrix-error";
import type { StageName } from "../recipe/schema";
import { CheckpointError } from "../stages/model/checkpoint";
import { ConfigError } from "../stages/model/config-json";
import type { Failure } from "./api";

/** A failure the engine itself words, with its remedy. */
export class LabError extends Error {
  override readonly name = "LabError";
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

const matrixRemedies: Readonly<Record<MatrixFault, string>> = {
  "not-finite": "Use other weights: these give values that are not finite.",
  "not-positive-semidefinite": "Use more images or text for the factors, or another model.",
  "not-converged": "Use more images or text for the factors, or leave this linear out.",
};

function remedyFor(error: unknown): string {
  if (error instanceof LabError || error instanceof FileError) return error.remedy;
  if (error instanceof ConfigError)
    return "Use the config.json of a Hugging Face ViT image classifier or OLMo-2 language model.";
  if (error instanceof CheckpointError) return "Choose another model or other weights.";
  if (error instanceof MatrixError) return matrixRemedies[error.fault];
  if (error instanceof GpuMemoryError)
    return "Choose fewer linears or a smaller model, or close other pages that use the GPU.";
  if (error instanceof GpuDeviceError)
    return "Run again: lost work is done anew. If it fails again, close other pages that use the GPU or choose fewer linears.";
  if (error instanceof RangeError) return "Change the recipe and run again.";
  return "Run again; if it fails again, reload the page.";
}

/** Whatever was thrown, as data for a person to read. */
export function failureOf(error: unknown, stage: StageName | undefined): Failure {
  if (isAbort(error)) return { stage, message: "Stopped.", remedy: "Run again to go on.", cancelled: true };
  // The message of a FileError holds its remedy as well.
  const message =
    error instanceof FileError ? error.fault : error instanceof Error ? error.message : String(error);
  return { stage, message, remedy: remedyFor(error), cancelled: false };
}
