import { FileError } from "../files/file-error";
import { MatrixError } from "../gpu/linalg/matrix-error";
import type { StageName } from "../recipe/schema";
import { CheckpointError } from "../stages/model/checkpoint";
import { ConfigError } from "../stages/model/vit-config";
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

function remedyFor(error: unknown): string {
  if (error instanceof LabError) return error.remedy;
  if (error instanceof ConfigError) return "Use the config.json of a Hugging Face ViT image classifier.";
  if (error instanceof CheckpointError) return "Choose another model or other weights.";
  if (error instanceof MatrixError) return "Use more images for the factors, or another model.";
  if (error instanceof RangeError) return "Change the recipe and run again.";
  return "Run again; if it fails again, reload the page.";
}

/** Whatever was thrown, as data for a person to read. */
export function failureOf(error: unknown, stage: StageName | undefined): Failure {
  if (isAbort(error)) return { stage, message: "Stopped.", remedy: "Run again to go on.", cancelled: true };
  if (error instanceof FileError) {
    return { stage, message: error.fault, remedy: error.remedy, cancelled: false };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { stage, message, remedy: remedyFor(error), cancelled: false };
}
