import type { CatalogueModel } from "../../recipe/catalogue";
import type { Preset } from "../../recipe/presets/preset";
import {
  isImageRecipe,
  isTextRecipe,
  type ImageRecipe,
  type Recipe,
  type TextRecipe,
} from "../../recipe/schema";
import { runsByItself } from "./device-slice";
import { notify, setView, useLab } from "./lab";
import { same, shippedModel, withAddedEdit, withEdit, withoutEdit, type LinearEdit } from "./recipe-slice";
import { alignResults, runRecipe, runScan, showStored } from "./run-recipe";
import { missingTrained } from "./training-slice";
import { initialView, withLinkedView } from "./view-slice";
import { failureText } from "./failure-text";
import { openRunsOf } from "./open-book";

/** What a person can do to the recipe. Each change runs at once. */

export function setRecipe(recipe: Recipe): void {
  useLab.setState((lab) => ({ recipe: { ...lab.recipe, recipe, faults: [] } }));
  runRecipe();
}

function change(update: (recipe: Recipe) => Recipe): void {
  const { recipe } = useLab.getState().recipe;
  if (recipe === undefined) return;
  const next = update(recipe);
  // A slider that is let go says its last value again.
  if (!same(recipe, next)) setRecipe(next);
}

export function changeEdit(position: number, edit: LinearEdit): void {
  change((recipe) => withEdit(recipe, position, edit));
}

export function addEdit(edit: LinearEdit): void {
  change((recipe) => withAddedEdit(recipe, edit));
  const { recipe } = useLab.getState().recipe;
  if (recipe !== undefined) setView({ edit: recipe.edits.length - 1 });
}

export function removeEdit(position: number): void {
  change((recipe) => withoutEdit(recipe, position));
  setView({ edit: Math.max(0, position - 1) });
}

type Part = "data" | "factors" | "spectrum" | "evaluation";

/** Changes one of the parts before the edits of a recipe for images. */
export function changeImagePart<P extends Part>(part: P, values: Partial<ImageRecipe[P]>): void {
  change((recipe) =>
    isImageRecipe(recipe) ? { ...recipe, [part]: { ...recipe[part], ...values } } : recipe,
  );
}

/** Changes one of the parts before the edits of a recipe for text. */
export function changeTextPart<P extends Part>(part: P, values: Partial<TextRecipe[P]>): void {
  change((recipe) => (isTextRecipe(recipe) ? { ...recipe, [part]: { ...recipe[part], ...values } } : recipe));
}

/** Opens a shipped model at its best edit, with its stored results if there are any. */
export function chooseModel(model: CatalogueModel): void {
  const { view } = useLab.getState();
  setView({ ...withLinkedView(view, {}), linear: undefined, edit: initialView.edit });
  openRecipe(model.recipe, model);
}

export function choosePreset(preset: Preset): void {
  const { recipe, results, view } = useLab.getState();
  const model = shippedModel(recipe);
  const base = model?.recipe ?? recipe.recipe;
  const layers = results.model?.layers;
  if (base === undefined || layers === undefined) return;
  useLab.setState({
    view: withLinkedView({ ...view, bands: initialView.bands, edit: initialView.edit }, preset.view(layers)),
  });
  openRecipe(preset.recipe(base, layers), model);
  if (preset.scan) void runScan(scanLinears());
}

/**
 * One MLP block at a time, as in the paper: the down-projection of every layer. What a stored scan has beside them is
 * scanned again too.
 */
export function scanLinears(): string[] {
  const { model, scan } = useLab.getState().results;
  const scanned = new Set(scan.flatMap(({ edit }) => (edit.method === "none" ? [] : edit.linears)));
  return (model?.linears ?? [])
    .filter(({ id, role }) => role === "fc2" || role === "down" || scanned.has(id))
    .map(({ id }) => id);
}

/** Makes it the recipe; runs it where that is quick, and otherwise waits to be asked. */
export function openRecipe(recipe: Recipe, model: CatalogueModel | undefined): void {
  useLab.setState((lab) => ({ recipe: { ...lab.recipe, recipe } }));
  alignResults(recipe);
  if (model !== undefined && model.results !== "") {
    showStored(model.results, recipe)
      .catch((error: unknown) => {
        notify({
          id: "stored",
          message: `The stored results of ${model.title} could not be read: ${failureText(error)}.`,
          remedy: "Nothing is lost: the page shows what it computes itself.",
        });
      })
      // After what makes the first picture: more numbers for it.
      .finally(() => openRunsOf(model.name));
  }
  const { device, training } = useLab.getState();
  if (runsByItself(device) && missingTrained(training, recipe.model) === undefined) runRecipe();
}
