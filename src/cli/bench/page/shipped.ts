import { shippedCheckpoint } from "../../../engine/shipped-model";
import { isImageRecipe, type ImageRecipe } from "../../../recipe/schema";
import { validateCatalogue } from "../../../recipe/catalogue";
import { faultText } from "../../../recipe/check";
import type { Backend } from "../../../runtime/backend";
import { loadVit } from "../../../stages/model/checkpoint";
import type { ImageModel } from "../../../stages/model/types";
import type { StageContext } from "../../../stages/progress";

export const quietContext: StageContext = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

export interface Shipped {
  readonly recipe: ImageRecipe;
  readonly model: ImageModel;
}

/** A shipped model with its default recipe. */
export async function openShipped(backend: Backend, name: string): Promise<Shipped> {
  const response = await fetch(new URL("/models/index.json", location.href));
  const catalogue = validateCatalogue(await response.json());
  if (!catalogue.ok) throw new Error(catalogue.faults.map(faultText).join("; "));
  const entry = catalogue.value.models.find((one) => one.name === name);
  if (!entry) throw new Error(`${name} is no shipped model`);
  const { recipe } = entry;
  if (!isImageRecipe(recipe)) throw new Error(`${name} is no image classifier`);
  const model = await loadVit(backend, await shippedCheckpoint(name, quietContext), quietContext);
  return { recipe, model };
}
