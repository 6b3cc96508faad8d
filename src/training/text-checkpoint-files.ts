import { writeSafetensors } from "../files/safetensors-writer";
import { olmo2Parameters } from "../stages/model/olmo2";
import { olmo2ConfigJson } from "../stages/model/olmo2-config";
import type { TextTrainingPoint, TextTrainingSummary } from "../stages/model/types";
import type { FloatTensor } from "../tensor/host-tensor";
import type { CheckpointFile } from "./checkpoint-files";
import { trainedWeights, trainingBackend, utf8Json } from "./checkpoint-files";
import type { TextTrainingRecipe } from "./text-recipe";
import type { TextFile } from "./tokenizer-files";

/** A training record: what the page shows, and everything needed to train the same weights again. */
export interface TextTrainingRecord extends TextTrainingSummary {
  readonly recipe: TextTrainingRecipe;
  readonly backend: string;
}

function rounded(curve: readonly TextTrainingPoint[]): TextTrainingPoint[] {
  const short = (value: number): number => Number(value.toPrecision(5));
  return curve.map((point) => ({
    ...point,
    loss: short(point.loss),
    perplexity: short(point.perplexity),
    suffixAccuracy: short(point.suffixAccuracy),
    strict: short(point.strict),
    quotes: short(point.quotes),
  }));
}

/** Files of a Hugging Face folder with its tokenizer, and its training record beside them. */
export function textCheckpointFiles(
  recipe: TextTrainingRecipe,
  tokenizer: readonly TextFile[],
  tensors: ReadonlyMap<string, FloatTensor>,
  curve: readonly TextTrainingPoint[],
): CheckpointFile[] {
  const weights = trainedWeights(olmo2Parameters(recipe.model).keys(), tensors);
  const record: TextTrainingRecord = {
    description: recipe.description,
    curve: rounded(curve),
    recipe,
    backend: trainingBackend,
  };
  return [
    { name: "config.json", bytes: utf8Json(olmo2ConfigJson(recipe.model)) },
    ...tokenizer.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) })),
    { name: "model.safetensors", bytes: writeSafetensors(weights, { metadata: { format: "pt" } }) },
    { name: "training.json", bytes: utf8Json(record) },
  ];
}
