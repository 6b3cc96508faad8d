import { list, oneOf, record, text, type Check, type Fault } from "./check";
import type { Recipe } from "./schema";
import { validateRecipe, type Validation } from "./validate";

/** `public/models/index.json`: the shipped models, the first of them opens first. */
export interface Catalogue {
  readonly version: 1;
  readonly models: readonly CatalogueModel[];
}

export interface CatalogueModel {
  /** Folder under `public/models/`; `recipe.model.name` is the same. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences: how it was trained, and what is special. */
  readonly description: string;
  /** How it was trained; `staged` and whatever else is not ordinary must be said on the page. */
  readonly procedure: "plain" | "staged" | "clean" | "planted";
  /** Stored results under `public/`, or empty if there are none. */
  readonly results: string;
  /** The recipe of the model's best edit, with the data it was trained on. */
  readonly recipe: Recipe;
}

const recipe: Check<Recipe> = (value, path, faults) => {
  const validation = validateRecipe(value);
  if (validation.ok) return validation.value;
  faults.push(...validation.faults.map((fault) => ({ ...fault, path: `${path}.${fault.path}` })));
  return undefined;
};

const folder = text(/^[a-z0-9][a-z0-9-]*$/, "a folder name of small letters, digits and hyphens", 60);

const catalogue = record<Catalogue>({
  version: oneOf(1),
  models: list(
    record<CatalogueModel>({
      name: folder,
      title: text(/\S/, "a title", 80),
      description: text(/\S/, "a description", 600),
      procedure: oneOf("plain", "staged", "clean", "planted"),
      results: text(/^([\w-]+\/)*[\w.-]*$/, "a path below the page", 120),
      recipe,
    }),
    1,
    20,
  ),
});

export function validateCatalogue(value: unknown): Validation<Catalogue> {
  const faults: Fault[] = [];
  const checked = catalogue(value, "", faults);
  return checked === undefined ? { ok: false, faults } : { ok: true, value: checked };
}
