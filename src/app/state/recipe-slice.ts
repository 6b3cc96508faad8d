import type { Catalogue, CatalogueModel } from "../../recipe/catalogue";
import type { Fault } from "../../recipe/check";
import { factorLinears } from "../../recipe/factor-linears";
import { withLinears, type Recipe } from "../../recipe/schema";
import type { EditSpec } from "../../stages/edit/types";
import type { LinearId } from "../../stages/model/types";

/** What the person wants. */
export interface RecipeState {
  /** Undefined until the list of models has come. */
  readonly catalogue: Catalogue | undefined;
  /** Undefined until the address or the list of models has given one. */
  readonly recipe: Recipe | undefined;
  /** What was wrong with the address the page was opened with. */
  readonly faults: readonly Fault[];
}

export const initialRecipe: RecipeState = { catalogue: undefined, recipe: undefined, faults: [] };

export type LinearEdit = Exclude<EditSpec, { method: "none" }>;

/** Whether two values of plain JSON are equal, in whatever order their keys were written; a key of nothing is none. */
export function same(first: unknown, second: unknown): boolean {
  if (first === second || (Number.isNaN(first) && Number.isNaN(second))) return true;
  if (!isRecord(first) || !isRecord(second) || Array.isArray(first) !== Array.isArray(second)) return false;
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...keys].every((key) => same(first[key], second[key]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The recipe with one edit replaced; linears that a K-FAC edit names get factors too. */
export function withEdit(recipe: Recipe, position: number, edit: LinearEdit): Recipe {
  const edits = recipe.edits.map((old, index) => (index === position ? edit : old));
  return withFactorsFor({ ...recipe, edits }, factorLinears(edit));
}

export function withAddedEdit(recipe: Recipe, edit: LinearEdit): Recipe {
  return withFactorsFor({ ...recipe, edits: [...recipe.edits, edit] }, factorLinears(edit));
}

/** The unedited model, position 0, stays. */
export function withoutEdit(recipe: Recipe, position: number): Recipe {
  return { ...recipe, edits: recipe.edits.filter((_, index) => index === 0 || index !== position) };
}

export function withFactorsFor(recipe: Recipe, linears: readonly LinearId[]): Recipe {
  const missing = linears.filter((id) => !recipe.factors.linears.includes(id));
  if (missing.length === 0) return recipe;
  return withLinears(recipe, [...recipe.factors.linears, ...missing]);
}

/** What of the recipe is older than its edits: if it changes, a running run works for nothing. */
export function sameBeforeEdits(first: Recipe, second: Recipe): boolean {
  const before = ({ data, model, factors, spectrum, evaluation }: Recipe): unknown => [
    data,
    model,
    factors,
    spectrum,
    evaluation,
  ];
  return same(before(first), before(second));
}

/** The shipped model of a recipe, if it is one. */
export function shippedModel(state: RecipeState): CatalogueModel | undefined {
  const model = state.recipe?.model;
  return model?.kind === "shipped"
    ? state.catalogue?.models.find(({ name }) => name === model.name)
    : undefined;
}
