import type { SafetensorsFile } from "../../files/safetensors";
import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { formatShape, sameShape, type Shape } from "../../tensor/shape";
import type { TextTokenizer } from "../data/types";
import { orAborted, type StageContext } from "../progress";
import { ConfigError, isObject, shown } from "./config-json";
import { olmo2Parameters } from "./olmo2";
import { readOlmo2Config } from "./olmo2-config";
import { olmo2Model } from "./olmo2-model";
import type { ImageModel, LanguageModel, LoadedModel, TextTrainingSummary, TrainingSummary } from "./types";
import { vitParameters } from "./vit";
import { readVitConfig } from "./vit-config";
import { vitModel } from "./vit-model";
import { canonicalVitName } from "./vit-names";

/** A Hugging Face folder whose weights are read tensor by tensor. */
export interface Checkpoint {
  readonly title: string;
  readonly config: unknown;
  readonly weights: SafetensorsFile;
  /** Of a language model. */
  readonly tokenizer?: TextTokenizer | undefined;
  /** Of the kind that belongs to the model; another is left out. */
  readonly training: TrainingSummary | TextTrainingSummary | undefined;
}

/** A checkpoint whose tensors do not fit its configuration. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** The tensors a configuration asks for, on the backend; `canonical` gives the lab's name of a stored one. */
async function loadParameters(
  backend: Backend,
  { weights }: Checkpoint,
  wanted: ReadonlyMap<string, Shape>,
  canonical: (name: string) => string,
  context: StageContext,
): Promise<ReadonlyMap<string, DeviceTensor>> {
  const stored = new Map([...weights.tensors.keys()].map((name) => [canonical(name), name]));
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
    return parameters;
  } catch (error) {
    for (const parameter of parameters.values()) parameter.release();
    throw error;
  }
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
  const config = readVitConfig(checkpoint.config);
  const wanted = vitParameters(config);
  const parameters = await loadParameters(backend, checkpoint, wanted, canonicalVitName, context);
  const training =
    checkpoint.training && "procedure" in checkpoint.training ? checkpoint.training : undefined;
  return vitModel({ title: checkpoint.title, config, configJson: checkpoint.config, parameters, training });
}

/** Names of a checkpoint that was saved without its head lack the prefix. */
function canonicalOlmo2Name(name: string): string {
  return name.replace(/^(embed_tokens|layers|norm)\./, "model.$1.");
}

/**
 * Loads an OLMo-2 language model onto the backend, as float32.
 * @throws ConfigError, CheckpointError or a safetensors error that names what does not fit.
 */
export async function loadOlmo2(
  backend: Backend,
  checkpoint: Checkpoint,
  context: StageContext,
): Promise<LanguageModel> {
  const config = readOlmo2Config(checkpoint.config);
  const wanted = olmo2Parameters(config);
  const parameters = await loadParameters(backend, checkpoint, wanted, canonicalOlmo2Name, context);
  const training =
    checkpoint.training && !("procedure" in checkpoint.training) ? checkpoint.training : undefined;
  return olmo2Model({
    title: checkpoint.title,
    config,
    configJson: checkpoint.config,
    parameters,
    tokenizer: checkpoint.tokenizer,
    training,
  });
}

/**
 * Loads a model of the kind its `config.json` names.
 * @throws ConfigError, CheckpointError or a safetensors error that names what does not fit.
 */
export async function loadCheckpoint(
  backend: Backend,
  checkpoint: Checkpoint,
  context: StageContext,
): Promise<LoadedModel> {
  const type = isObject(checkpoint.config) ? checkpoint.config["model_type"] : undefined;
  if (type === "olmo2") return loadOlmo2(backend, checkpoint, context);
  if (type === "vit" || type === "deit") return loadVit(backend, checkpoint, context);
  throw new ConfigError(
    `config.json: model_type is ${shown(type)}; the lab reads image classifiers ("vit", "deit") and language models ("olmo2")`,
  );
}
