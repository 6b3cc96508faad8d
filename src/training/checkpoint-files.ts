import { writeSafetensors } from "../files/safetensors-writer";
import type { TrainingPoint, TrainingSummary } from "../stages/model/types";
import { vitParameters } from "../stages/model/vit";
import { vitConfigJson } from "../stages/model/vit-config";
import type { FloatTensor } from "../tensor/host-tensor";
import type { TrainingRecipe } from "./recipe";

/** A training record: what the page shows, and everything needed to train the same weights again. */
export interface TrainingRecord extends TrainingSummary {
  readonly recipe: TrainingRecipe;
  readonly backend: string;
}

export interface CheckpointFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const trainingBackend = "onnxruntime-node, CPU, float32";

export function utf8Json(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}

function rounded(curve: readonly TrainingPoint[]): TrainingPoint[] {
  return curve.map((point) => ({ ...point, loss: Number(point.loss.toPrecision(5)) }));
}

/** The weights of a training state, without the moments, in the model's order. */
export function trainedWeights(
  names: Iterable<string>,
  tensors: ReadonlyMap<string, FloatTensor>,
): Map<string, FloatTensor> {
  return new Map(
    [...names].map((name) => {
      const tensor = tensors.get(name);
      if (!tensor) throw new Error(`checkpoint: the training state has no ${name}`);
      return [name, tensor] as const;
    }),
  );
}

/** Files of a Hugging Face folder with its training record beside them. */
export function checkpointFiles(
  recipe: TrainingRecipe,
  tensors: ReadonlyMap<string, FloatTensor>,
  curve: readonly TrainingPoint[],
  backend = trainingBackend,
): CheckpointFile[] {
  const weights = trainedWeights(vitParameters(recipe.model).keys(), tensors);
  const record: TrainingRecord = {
    procedure: recipe.procedure,
    description: recipe.description,
    curve: rounded(curve),
    recipe,
    backend,
  };
  const preprocessor = {
    image_processor_type: "ViTImageProcessor",
    do_resize: true,
    do_rescale: true,
    do_normalize: true,
    rescale_factor: 1 / 255,
    image_mean: [0.5, 0.5, 0.5],
    image_std: [0.5, 0.5, 0.5],
    size: { height: recipe.model.imageSize, width: recipe.model.imageSize },
  };
  return [
    { name: "config.json", bytes: utf8Json(vitConfigJson(recipe.model)) },
    { name: "preprocessor_config.json", bytes: utf8Json(preprocessor) },
    { name: "model.safetensors", bytes: writeSafetensors(weights, { metadata: { format: "pt" } }) },
    { name: "training.json", bytes: utf8Json(record) },
  ];
}
