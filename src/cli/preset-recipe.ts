import { join } from "node:path";
import { LabError } from "../engine/failure";
import { validateCatalogue, type Catalogue } from "../recipe/catalogue";
import { faultText } from "../recipe/check";
import { presetNamed, presets, presetsFor } from "../recipe/presets/presets";
import type { Recipe } from "../recipe/schema";
import { validateRecipe, type Validation } from "../recipe/validate";
import { readJson } from "./node-loader";

/** The names a preset can be asked for by. */
export const presetNames: readonly string[] = presets.flatMap(({ name, also = [] }) => [name, ...also]);

export async function readCatalogue(models: string): Promise<Catalogue> {
  return valid(validateCatalogue(await readJson(join(models, "index.json"))), "index.json");
}

/** A preset for one of the shipped models, or the recipe of a file. */
export async function recipeOf(name: string, models: string, model: string | undefined): Promise<Recipe> {
  const preset = presetNamed(name);
  if (preset) {
    const catalogue = await readCatalogue(models);
    const shipped = catalogue.models.find((one) =>
      model === undefined ? presetsFor(one.recipe).includes(preset) : one.name === model,
    );
    if (!shipped) {
      throw new LabError(
        `${model ?? ""} is no shipped model.`,
        `Models: ${catalogue.models.map((one) => one.name).join(", ")}.`,
      );
    }
    return preset.recipe(shipped.recipe, layersOf(await readJson(join(models, shipped.name, "config.json"))));
  }
  if (!name.endsWith(".json")) {
    throw new LabError(`${name} is no preset and no .json file.`, `Presets: ${presetNames.join(", ")}.`);
  }
  return valid(validateRecipe(await readJson(name)), name);
}

function layersOf(config: unknown): number {
  const isObject = typeof config === "object" && config !== null && "num_hidden_layers" in config;
  if (isObject && typeof config.num_hidden_layers === "number") return config.num_hidden_layers;
  throw new LabError("config.json names no num_hidden_layers.", "Use a model of the lab.");
}

function valid<T>(validation: Validation<T>, file: string): T {
  if (validation.ok) return validation.value;
  throw new LabError(`${file} cannot be used.`, validation.faults.map(faultText).join("\n"));
}
