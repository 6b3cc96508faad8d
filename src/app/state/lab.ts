import { create } from "zustand";
import { initialBook, type BookState } from "./book-slice";
import { labRoute, type Route } from "./route";
import type { Notice, ViewState } from "./view-slice";
import type { DeviceState } from "./device-slice";
import { initialRecipe, type RecipeState } from "./recipe-slice";
import { noResults, type Results } from "./results-slice";
import { initialRun, type RunState } from "./run-slice";
import { initialSearch, type SearchState } from "./search-slice";
import { initialSources, type SourcesState } from "./sources-slice";
import { initialTexts, type TextsState } from "./texts-slice";
import { initialTraining, type TrainingPanelState } from "./training-slice";
import { initialView } from "./view-slice";

/** The page's one store. It holds data only: no worker, no GPU handle, no DOM node. */
export interface Lab {
  readonly route: Route;
  readonly book: BookState;
  readonly device: DeviceState;
  readonly recipe: RecipeState;
  readonly run: RunState;
  readonly results: Results;
  readonly view: ViewState;
  readonly texts: TextsState;
  readonly sources: SourcesState;
  readonly search: SearchState;
  readonly training: TrainingPanelState;
}

export const useLab = create<Lab>()(() => ({
  route: labRoute,
  book: initialBook,
  device: { kind: "probing" },
  recipe: initialRecipe,
  run: initialRun,
  results: noResults,
  view: initialView,
  texts: initialTexts,
  sources: initialSources,
  search: initialSearch,
  training: initialTraining,
}));

export function setView(change: Partial<ViewState>): void {
  useLab.setState(({ view }) => ({ view: { ...view, ...change } }));
}

/** One notice per id: the newer replaces the older. */
export function notify(notice: Notice): void {
  const others = useLab.getState().view.notices.filter(({ id }) => id !== notice.id);
  setView({ notices: [...others, notice] });
}

export function putAway(id: string): void {
  setView({ notices: useLab.getState().view.notices.filter((notice) => notice.id !== id) });
}
