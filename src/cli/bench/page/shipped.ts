import { shippedCheckpoint } from "../../../engine/shipped-model";
import { validateCatalogue } from "../../../recipe/catalogue";
import { faultText } from "../../../recipe/check";
import {
  isImageRecipe,
  isTextRecipe,
  type ImageRecipe,
  type Recipe,
  type TextRecipe,
} from "../../../recipe/schema";
import type { Backend } from "../../../runtime/backend";
import type { TextTokenizer } from "../../../stages/data/types";
import type { EditSpec } from "../../../stages/edit/types";
import { loadOlmo2, loadVit } from "../../../stages/model/checkpoint";
import type { ImageModel, LanguageModel } from "../../../stages/model/types";
import type { StageContext } from "../../../stages/progress";

export const quietContext: StageContext = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

/** The default recipe of a shipped model. */
async function recipeOf(name: string): Promise<Recipe> {
  const response = await fetch(new URL("/models/index.json", location.href));
  const catalogue = validateCatalogue(await response.json());
  if (!catalogue.ok) throw new Error(catalogue.faults.map(faultText).join("; "));
  const entry = catalogue.value.models.find((one) => one.name === name);
  if (!entry) throw new Error(`${name} is no shipped model`);
  return entry.recipe;
}

export async function openShippedImages(
  backend: Backend,
  name: string,
): Promise<{ readonly recipe: ImageRecipe; readonly model: ImageModel }> {
  const recipe = await recipeOf(name);
  if (!isImageRecipe(recipe)) throw new Error(`${name} is no image classifier`);
  const model = await loadVit(backend, await shippedCheckpoint(name, quietContext), quietContext);
  return { recipe, model };
}

export async function openShippedTexts(
  backend: Backend,
  name: string,
): Promise<{
  readonly recipe: TextRecipe;
  readonly model: LanguageModel;
  readonly tokenizer: TextTokenizer;
}> {
  const recipe = await recipeOf(name);
  if (!isTextRecipe(recipe)) throw new Error(`${name} is no language model`);
  const model = await loadOlmo2(backend, await shippedCheckpoint(name, quietContext), quietContext);
  if (!model.tokenizer) throw new Error(`${name} has no tokenizer`);
  return { recipe, model, tokenizer: model.tokenizer };
}

/** The recipe's K-FAC edit with one energy for all its linears. */
export function kfacEdit({ edits }: Recipe): Extract<EditSpec, { method: "kfac" }> {
  const edit = edits.find((one) => one.method === "kfac");
  if (!edit) throw new Error("bench: the recipe has no K-FAC edit");
  const { energies: _, ...whole } = edit;
  return whole;
}

/** Another energy at every step of a drag, 0.5 to 0.9. */
export function energyAt(step: number): number {
  return 0.5 + 0.05 * (step % 9);
}
