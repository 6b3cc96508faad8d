import type { Failure, Progress, ScanRow, SearchEvent } from "../../engine/api";
import type { Recipe } from "../../recipe/schema";
import { same } from "./recipe-slice";
import { withRows } from "./results-slice";

/** A search over sets of layers: what it has found, and how it stands. */
export interface SearchState {
  readonly status: "idle" | "running" | "paused" | "finished" | "cancelled" | "failed";
  /** Every edit that searches of this model, data and evaluation have evaluated, each once. */
  readonly rows: readonly ScanRow[];
  readonly progress: Progress | undefined;
  readonly failure: Failure | undefined;
}

export const initialSearch: SearchState = {
  status: "idle",
  rows: [],
  progress: undefined,
  failure: undefined,
};

/** Whatever the rows depend on: the edits and the linears with factors do not matter. */
function subjectOf(recipe: Recipe): unknown {
  const { linears: _, ...factors } = recipe.factors;
  return [recipe.model, recipe.data, factors, recipe.evaluation];
}

export function searchSubject(recipe: Recipe): string {
  return JSON.stringify(subjectOf(recipe));
}

/** Whether rows of one recipe are of the other as well, in whatever order their keys were written. */
export function sameSubject(first: Recipe, second: Recipe): boolean {
  return same(subjectOf(first), subjectOf(second));
}

export function searchStarted(search: SearchState): SearchState {
  return { ...search, status: "running", progress: undefined, failure: undefined };
}

/** The search after one more event. */
export function searchAfter(search: SearchState, event: SearchEvent): SearchState {
  if (event.kind === "progress") return { ...search, progress: event.progress };
  return event.kind === "rows" ? { ...search, rows: withRows(search.rows, event.rows) } : search;
}

/** However it ended, what it has found stays. */
export function searchEnded(
  search: SearchState,
  failure: Failure | undefined,
  wish: "pause" | "cancel" | undefined,
): SearchState {
  if (failure === undefined) return { ...search, status: "finished", failure };
  if (!failure.cancelled) return { ...search, status: "failed", failure };
  return { ...search, status: wish === "pause" ? "paused" : "cancelled", failure: undefined };
}
