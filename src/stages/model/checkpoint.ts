import type { SafetensorsFile } from "../../files/safetensors";
import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { formatShape, sameShape } from "../../tensor/shape";
import { orAborted, type StageContext } from "../progress";
import type { ImageModel, TrainingSummary } from "./types";
import { vitParameters } from "./vit";
import { readVitConfig } from "./vit-config";
import { vitModel } from "./vit-model";
import { canonicalVitName } from "./vit-names";

/** A Hugging Face folder whose weights are read tensor by tensor. */
export interface Checkpoint {
  readonly title: string;
  readonly config: unknown;
  readonly weights: SafetensorsFile;
  readonly training: TrainingSummary | undefined;
}

/** A checkpoint whose tensors do not fit its configuration. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/**
 * Loads a ViT classifier onto the backend, as float32.
 * @throws ConfigError, CheckpointError or a safetensors error that names what does not fit.
 */
export async function loadVit(
  backend: Backend,
  checkpoint: Checkpoint,
  context: StageContext,
): Promise<ImageModel> {
  const { title, weights, training } = checkpoint;
  const config = readVitConfig(checkpoint.config);
  const wanted = vitParameters(config);
  const stored = new Map([...weights.tensors.keys()].map((name) => [canonicalVitName(name), name]));
  const missing = [...wanted.keys()].filter((name) => !stored.has(name));
  if (missing.length > 0) {
    throw new CheckpointError(
      `${weights.name} lacks ${missing.length} of ${wanted.size} tensors the configuration asks for: ${list(missing)}. Use the weights that belong to this config.json`,
    );
  }
  const parameters = new Map<string, DeviceTensor>();
  try {
    for (const [name, shape] of wanted) {
      const tensor = await orAborted(
        weights.float32(stored.get(name) ?? name, context.signal),
        context.signal,
      );
      if (!sameShape(tensor.shape, shape)) {
        throw new CheckpointError(
          `${weights.name}: ${name} is ${formatShape(tensor.shape)}, but config.json makes it ${formatShape(shape)}`,
        );
      }
      if (!tensor.data.every(Number.isFinite)) {
        throw new CheckpointError(`${weights.name}: ${name} holds values that are not finite`);
      }
      parameters.set(name, backend.upload(tensor));
      context.onProgress(parameters.size, wanted.size, "tensors");
    }
    return vitModel({ title, config, configJson: checkpoint.config, parameters, training });
  } catch (error) {
    for (const parameter of parameters.values()) parameter.release();
    throw error;
  }
}
