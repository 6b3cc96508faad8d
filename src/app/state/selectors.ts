import type { EditResult, ImageEditResult, ScanRow, TextEditResult } from "../../engine/api";
import { isEnergyEdit } from "../../recipe/own-energies";
import { isImageRecipe, isTextRecipe, type ImageRecipe, type TextRecipe } from "../../recipe/schema";
import type { ImageDataSummary, TextDataSummary } from "../../stages/data/types";
import type { EditSpec, SubnetTraining } from "../../stages/edit/types";
import type { ClassificationMetrics, TextMetrics } from "../../stages/evaluation/types";
import type { LanguageModelSummary, Linear, LinearId } from "../../stages/model/types";
import type { LinearSpectrum } from "../../stages/spectrum/types";
import type { Lab } from "./lab";
import { same } from "./recipe-slice";
import { isCurrent } from "./results-slice";

/** Questions that several panels ask of the store. */

/** The linear that is looked at: of those with a spectrum the chosen one, else the last that is edited, else the last. */
export function shownLinear(lab: Pick<Lab, "view" | "results" | "recipe">): LinearId | undefined {
  const { view, results, recipe } = lab;
  const known = results.spectra.map(({ linear }) => linear);
  if (view.linear !== undefined && known.includes(view.linear)) return view.linear;
  const edit = recipe.recipe?.edits[planePosition(lab) ?? -1];
  const edited = edit !== undefined && isEnergyEdit(edit) ? edit.linears : [];
  return (
    edited.findLast((id) => known.includes(id)) ??
    known.at(-1) ??
    view.linear ??
    recipe.recipe?.factors.linears.at(-1)
  );
}

export function shownSpectrum(lab: Lab): LinearSpectrum | undefined {
  const id = shownLinear(lab);
  return lab.results.spectra.find(({ linear }) => linear === id);
}

/** Position of the edit that is looked at; links may name one that is not there. */
export function shownPosition({ view, recipe }: Pick<Lab, "view" | "recipe">): number {
  return Math.min(view.edit, (recipe.recipe?.edits.length ?? 1) - 1);
}

export function shownEdit(lab: Pick<Lab, "view" | "recipe">): EditSpec | undefined {
  return lab.recipe.recipe?.edits[shownPosition(lab)];
}

/** Position of the edit that the λμ plane belongs to: the one looked at if it goes by an energy, else the first K-FAC edit. */
export function planePosition(lab: Pick<Lab, "view" | "recipe">): number | undefined {
  const shown = shownEdit(lab);
  if (shown !== undefined && isEnergyEdit(shown)) return shownPosition(lab);
  const first = lab.recipe.recipe?.edits.findIndex(({ method }) => method === "kfac") ?? -1;
  return first < 0 ? undefined : first;
}

export function resultAt(lab: Lab, position: number | undefined): EditResult | undefined {
  return position === undefined ? undefined : lab.results.edits[position];
}

/** How the mask of the edit that is looked at is learned, or has been. */
export function shownTraining(lab: Lab): SubnetTraining | undefined {
  const edit = shownEdit(lab);
  const { learning } = lab.results;
  if (learning !== undefined && same(learning.edit, edit)) return learning.training;
  return resultAt(lab, shownPosition(lab))?.training;
}

/** Steps that an earlier learning of the mask had done, while it is being learned. */
export function learnedBefore(lab: Lab): number {
  const { learning } = lab.results;
  return learning !== undefined && same(learning.edit, shownEdit(lab)) ? (learning.from ?? 0) : 0;
}

/** Whether an edit of the recipe is taught what to forget. */
export function hasForgetSet({ recipe: { recipe } }: Lab): boolean {
  return recipe?.edits.some(({ method }) => method === "balanced-subnet") ?? false;
}

/** The result of an edit of an image classifier. */
export function imageResultAt(lab: Lab, position: number | undefined): ImageEditResult | undefined {
  const result = resultAt(lab, position);
  return result?.modality === "images" ? result : undefined;
}

/** The result of an edit of a language model. */
export function textResultAt(lab: Lab, position: number | undefined): TextEditResult | undefined {
  const result = resultAt(lab, position);
  return result?.modality === "text" ? result : undefined;
}

export function imageRecipe({ recipe: { recipe } }: Lab): ImageRecipe | undefined {
  return recipe !== undefined && isImageRecipe(recipe) ? recipe : undefined;
}

export function textRecipe({ recipe: { recipe } }: Pick<Lab, "recipe">): TextRecipe | undefined {
  return recipe !== undefined && isTextRecipe(recipe) ? recipe : undefined;
}

export function imageData({ results: { data } }: Lab): ImageDataSummary | undefined {
  return data?.modality === "images" ? data : undefined;
}

export function textData({ results: { data } }: Lab): TextDataSummary | undefined {
  return data?.modality === "text" ? data : undefined;
}

export function languageModel({ results: { model } }: Lab): LanguageModelSummary | undefined {
  return model?.architecture === "Olmo2ForCausalLM" ? model : undefined;
}

/** Position of the passage that is looked at; links may name one that is not there. */
export function shownPassage({ view, results }: Lab): number {
  return Math.max(0, Math.min(view.passage, results.passages.length - 1));
}

/** A scanned or evaluated edit of an image classifier. */
export function isImageRow<R extends ScanRow>(
  row: R,
): row is R & { readonly metrics: ClassificationMetrics } {
  return "groundTruth" in row.metrics;
}

/** A scanned or evaluated edit of a language model. */
export function isTextRow<R extends ScanRow>(row: R): row is R & { readonly metrics: TextMetrics } {
  return "ndcg" in row.metrics;
}

/** Whether what is shown for an edit is what the recipe asks for, or older. */
export function isShownCurrent(lab: Lab, position: number): boolean {
  return lab.recipe.recipe !== undefined && isCurrent(lab.results, lab.recipe.recipe, position);
}

const noLinears: readonly Linear[] = [];

/** One array while there is no model, so that nothing is drawn anew for it. */
export function modelLinears({ results }: Lab): readonly Linear[] {
  return results.model?.linears ?? noLinears;
}
