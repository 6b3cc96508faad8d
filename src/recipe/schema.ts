import type { CorpusSpec, ShapesSpec } from "../stages/data/types";
import type { EditSpec } from "../stages/edit/types";
import type { EvaluationSpec, TextEvaluationSpec } from "../stages/evaluation/types";
import type { FactorsSpec, TextFactorsSpec } from "../stages/factors/types";
import type { LinearId, ModelSpec } from "../stages/model/types";
import type { SpectrumSpec } from "../stages/spectrum/types";

/**
 * One run of the lab as plain JSON. The URL, the presets, the command line and the tests share it.
 * `edits` are evaluated side by side; the unedited model is always the first, `{ method: "none" }`.
 */
export type Recipe = ImageRecipe | TextRecipe;

interface RecipeParts {
  readonly version: 1;
  readonly title: string;
  readonly model: ModelSpec;
  readonly spectrum: SpectrumSpec;
  readonly edits: readonly EditSpec[];
}

/** A run on an image classifier. */
export interface ImageRecipe extends RecipeParts {
  readonly data: ShapesSpec;
  readonly factors: FactorsSpec;
  readonly evaluation: EvaluationSpec;
}

/** A run on a language model. */
export interface TextRecipe extends RecipeParts {
  readonly data: CorpusSpec;
  readonly factors: TextFactorsSpec;
  readonly evaluation: TextEvaluationSpec;
}

export function isTextRecipe(recipe: Recipe): recipe is TextRecipe {
  return recipe.data.kind === "corpus";
}

export function isImageRecipe(recipe: Recipe): recipe is ImageRecipe {
  return recipe.data.kind === "shapes";
}

export const stageNames = ["data", "model", "factors", "spectrum", "edit", "evaluation"] as const;
export type StageName = (typeof stageNames)[number];

/** The recipe with factors of these linears. */
export function withLinears<R extends Recipe>(recipe: R, linears: readonly LinearId[]): R {
  return { ...recipe, factors: { ...recipe.factors, linears } };
}
