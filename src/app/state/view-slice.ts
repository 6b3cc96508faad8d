import type { GalleryFilter, LinkedView, PanelName, SectionName } from "../../recipe/link";
import type { SearchChoice } from "../../recipe/search-link";
import type { SourceId } from "../../recipe/text-source";
import type { TrainingSettings } from "../../recipe/training-settings";
import type { LinearId } from "../../stages/model/types";

export type Theme = "system" | "light" | "dark";

/** What is looked at. */
export interface ViewState {
  readonly linear: LinearId | undefined;
  /** Position in `recipe.edits` that is shown, compared and changed. */
  readonly edit: number;
  readonly gallery: GalleryFilter;
  readonly bands: "one" | "all";
  /** Position among all passages of the one that is looked at. */
  readonly passage: number;
  /** Texts whose factors are kept beside those of the recipe's. */
  readonly sources: readonly SourceId[];
  /** What a person wants to train; undefined as long as it is the default. */
  readonly train: TrainingSettings | undefined;
  /** Epochs from one picture of the bands of a training to the next. */
  readonly bandsEvery: number | undefined;
  /** Weight decay that is looked at in the series of trainings. */
  readonly decay: number | undefined;
  /** What the search over sets of layers tries; undefined as long as it is the usual. */
  readonly search: SearchChoice | undefined;
  readonly hide: readonly PanelName[];
  readonly theme: Theme;
  /** The section to be brought into view, until it is. */
  readonly at: SectionName | undefined;
  /** Step of the tour, from 0; undefined when it is closed. */
  readonly tour: number | undefined;
  /** Things that went wrong beside the run, newest last; each stays until it is put away. */
  readonly notices: readonly Notice[];
}

export interface Notice {
  readonly id: string;
  readonly message: string;
  readonly remedy: string;
}

export const initialView: ViewState = {
  linear: undefined,
  edit: 1,
  gallery: "recovered",
  bands: "one",
  passage: 0,
  sources: [],
  train: undefined,
  bandsEvery: undefined,
  decay: undefined,
  search: undefined,
  hide: [],
  at: undefined,
  theme: "system",
  tour: undefined,
  notices: [],
};

export function withLinkedView(view: ViewState, linked: LinkedView): ViewState {
  return {
    ...view,
    hide: [],
    passage: initialView.passage,
    sources: initialView.sources,
    search: undefined,
    ...linked,
  };
}

/** What of the view belongs into a link. */
export function linkedView(view: ViewState): LinkedView {
  const { linear, edit, gallery, bands, passage, sources, train, bandsEvery, decay, search, hide, tour } =
    view;
  const shown = { ...(passage === 0 ? {} : { passage }), ...(tour === undefined ? {} : { tour }) };
  const training = {
    ...(train === undefined ? {} : { train }),
    ...(bandsEvery === undefined ? {} : { bandsEvery }),
    ...(decay === undefined ? {} : { decay }),
  };
  return {
    ...(linear === undefined ? {} : { linear }),
    edit,
    gallery,
    bands,
    ...shown,
    ...training,
    ...(search === undefined ? {} : { search }),
    sources,
    hide,
  };
}
