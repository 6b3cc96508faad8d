import type { Card } from "../../book/card";
import { runSpecs } from "../../book/run-specs";
import { encodeLink } from "../../recipe/link";
import { presetNamed } from "../../recipe/presets/presets";
import type { Lab } from "./lab";

/** Address of the lab in the state that a card is of; undefined until the list of models has come. */
export function cardLink({ recipe, book }: Lab, { name, runs }: Card, place = 0): string | undefined {
  const spec = runSpecs.find((one) => one.name === runs[place]?.run);
  const model = recipe.catalogue?.models.find((one) => one.name === spec?.model);
  const layers = spec && book.layers[spec.model];
  const preset = presetNamed(name);
  if (model === undefined || layers === undefined || preset === undefined) return undefined;
  return `#${encodeLink({ recipe: preset.recipe(model.recipe, layers), view: preset.view(layers) })}`;
}
