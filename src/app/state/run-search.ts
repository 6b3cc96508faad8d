import type { RunHandle, SearchEvent } from "../../engine/api";
import { engine, failureOf } from "../../engine/client";
import { searchEdits, usualSearch } from "../../recipe/search";
import type { SearchChoice } from "../../recipe/search-link";
import { usualFloor } from "../../recipe/search-ranking";
import type { Recipe } from "../../recipe/schema";
import { addEdit, changeEdit } from "./change-recipe";
import { notify, setView, useLab, type Lab } from "./lab";
import { same, type LinearEdit } from "./recipe-slice";
import { withRows } from "./results-slice";
import {
  initialSearch,
  searchAfter,
  searchEnded,
  searchStarted,
  searchSubject,
  type SearchState,
} from "./search-slice";
import { shownPosition, textRecipe } from "./selectors";
import { rowAt } from "./shown-rows";

/** Calls the engine for the search, and keeps what it has found in the store. */

let handle: RunHandle | undefined;
let wish: "pause" | "cancel" | undefined;
/** What the shown rows are of. */
let subject: string | undefined;

function setSearch(update: (search: SearchState) => SearchState): void {
  useLab.setState((lab) => ({ search: update(lab.search) }));
}

/** The search the person has chosen, or the usual one. */
export function chosenSearch(lab: Pick<Lab, "view" | "recipe">): SearchChoice {
  return lab.view.search ?? usualSearch(textRecipe(lab) !== undefined);
}

/** The least ability that is ranked; undefined until it or the unedited model's ability is known. */
export function chosenFloor(lab: Lab): number | undefined {
  const unedited = rowAt(lab, 0)?.metrics;
  return lab.view.search?.floor ?? (unedited && usualFloor(unedited));
}

/** Shows what earlier searches of the recipe have found; a search of another model or other data is stopped. */
export async function followSearch(recipe: Recipe): Promise<void> {
  const mine = searchSubject(recipe);
  if (mine === subject) return;
  subject = mine;
  handle?.cancel();
  handle = undefined;
  setSearch(() => initialSearch);
  try {
    const rows = await engine.searchedRows(recipe);
    if (subject === mine) setSearch((search) => ({ ...search, rows: withRows(rows, search.rows) }));
  } catch (error) {
    notify({ id: "search", ...failureOf(error) });
  }
}

/** Starts the chosen search, or goes on with it: what has been evaluated is not evaluated again. */
export async function startSearch(): Promise<void> {
  const lab = useLab.getState();
  const { recipe } = lab.recipe;
  if (recipe === undefined || handle !== undefined) return;
  const edits = searchEdits(chosenSearch(lab), lab.results.model?.linears ?? []);
  subject = searchSubject(recipe);
  wish = undefined;
  setSearch(searchStarted);
  const mine: RunHandle = engine.search(recipe, edits, (event: SearchEvent) => {
    if (handle === mine) setSearch((search) => searchAfter(search, event));
  });
  handle = mine;
  const failure = await mine.finished.then(() => undefined, failureOf);
  if (handle !== mine) return;
  handle = undefined;
  setSearch((search) => searchEnded(search, failure, wish));
}

export function stopSearch(how: "pause" | "cancel"): void {
  wish = how;
  handle?.cancel();
}

/** Drops what searches of the recipe have found, here and in the browser's storage. */
export async function forgetSearch(): Promise<void> {
  const { recipe } = useLab.getState().recipe;
  if (recipe === undefined || handle !== undefined) return;
  setSearch(() => initialSearch);
  try {
    await engine.forgetSearched(recipe);
  } catch (error) {
    notify({ id: "search", ...failureOf(error) });
  }
}

export function changeSearch(change: Partial<SearchChoice>): void {
  setView({ search: { ...chosenSearch(useLab.getState()), ...change } });
}

/** Most edits of a recipe on the page. */
const mostEdits = 8;

/**
 * Makes an edit the one that is looked at: where it is already, else as a new one, else in the place of the one shown,
 * or of the last where that is the unedited model.
 */
export function openEdit(edit: LinearEdit): void {
  const lab = useLab.getState();
  const edits = lab.recipe.recipe?.edits ?? [];
  const known = edits.findIndex((one) => same(one, edit));
  const position = shownPosition(lab) || edits.length - 1;
  if (known < 0 && edits.length < mostEdits) {
    addEdit(edit);
    return;
  }
  if (known < 0) changeEdit(position, edit);
  setView({ edit: known < 0 ? position : known });
}
