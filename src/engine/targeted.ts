import { isImageRecipe, isTextRecipe, type Recipe } from "../recipe/schema";
import { plantedPassages } from "../stages/data/corpus/passages";
import { forgottenImages, forgottenPassages } from "../stages/data/forget-set";
import type { ForgetSetSpec, ImageRecord, PassageRecord } from "../stages/data/types";
import type { EditSpec } from "../stages/edit/types";
import { targetedClassification, targetedRecitation, type Target } from "../stages/evaluation/targeted";
import type { Evaluated, Outcome } from "./study";

/** The forget set that an edit's results are parted by: its own, else that of the recipe's first edit that has one. */
export function forgetSetFor(recipe: Recipe, edit: EditSpec): ForgetSetSpec | undefined {
  const own = [edit, ...recipe.edits].find((one) => one.method === "balanced-subnet");
  return own?.method === "balanced-subnet" ? own : undefined;
}

/** The outcome with what is targeted by a forget set apart from what is not. */
export function withTargeted<O extends Outcome>(
  outcome: O,
  recipe: Recipe,
  evaluated: Evaluated,
  forget: ForgetSetSpec,
): O {
  if (outcome.modality === "text" && isTextRecipe(recipe) && evaluated.kind === "passages") {
    const planted = plantedPassages(recipe.data);
    const chosen = new Set(forgottenPassages(planted, forget));
    const genres = new Set(planted.filter(({ id }) => chosen.has(id)).map(({ kind }) => kind));
    const targetOf = ({ id, kind }: PassageRecord): Target =>
      chosen.has(id) ? "targeted" : genres.has(kind) ? "untargeted" : "otherGenres";
    const targeted = targetedRecitation(evaluated.records, outcome.continuations, targetOf);
    return { ...outcome, metrics: { ...outcome.metrics, targeted } };
  }
  if (outcome.modality === "images" && isImageRecipe(recipe) && evaluated.kind === "images") {
    const chosen = new Set(forgottenImages(recipe.data, forget));
    const isTargeted = ({ index }: ImageRecord): boolean => chosen.has(index);
    const targeted = targetedClassification(evaluated.records, outcome.predictions, isTargeted);
    return { ...outcome, metrics: { ...outcome.metrics, targeted } };
  }
  return outcome;
}
