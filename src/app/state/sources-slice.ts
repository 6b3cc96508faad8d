import type { Failure, OwnText, Progress, SourceEvent, SourceResult } from "../../engine/api";
import type { Recipe, TextRecipe } from "../../recipe/schema";
import { isOwnText, textSourceOf, type SourceId } from "../../recipe/text-source";
import { same } from "./recipe-slice";
import type { RunState } from "./run-slice";

/** Factors of several texts beside one another; which of them are wanted stands in the view, and so in the address. */
export interface SourcesState {
  /** Own texts of this page, by their hash. */
  readonly own: readonly SourceId[];
  /** How the model at hand reads them. */
  readonly texts: readonly OwnText[];
  /** Own texts that are asked for and that this browser does not have, or the model cannot use. */
  readonly faults: readonly TextFault[];
  readonly results: readonly SourceResult[];
  readonly status: RunState["status"];
  readonly current: SourceId | undefined;
  readonly progress: Progress | undefined;
  readonly failure: Failure | undefined;
}

export interface TextFault {
  readonly source: SourceId;
  readonly failure: Failure;
}

export const initialSources: SourcesState = {
  own: [],
  texts: [],
  faults: [],
  results: [],
  status: "idle",
  current: undefined,
  progress: undefined,
  failure: undefined,
};

/** Texts that can be chosen, in the order of their rows: the lab's two, then own ones. */
export function listedSources(
  sources: SourcesState,
  recipe: TextRecipe,
  wanted: readonly SourceId[],
): readonly SourceId[] {
  const own = [...sources.own, textSourceOf(recipe), ...wanted].filter(isOwnText);
  return ["fresh", "mixture", ...new Set(own)];
}

/** Texts whose factors the engine is asked for: the recipe's own come from its run. */
export function comparedSources(
  sources: SourcesState,
  recipe: TextRecipe,
  wanted: readonly SourceId[],
): readonly SourceId[] {
  const faulty = new Set(sources.faults.map(({ source }) => source));
  return wanted.filter((source) => source !== textSourceOf(recipe) && !faulty.has(source));
}

/** Own texts of which is not known how the model reads them. */
export function unreadTexts(
  sources: SourcesState,
  recipe: TextRecipe,
  wanted: readonly SourceId[],
): readonly SourceId[] {
  const read = new Set([
    ...sources.texts.map(({ sha256 }) => sha256),
    ...sources.faults.map(({ source }) => source),
  ]);
  return listedSources(sources, recipe, wanted).filter((source) => isOwnText(source) && !read.has(source));
}

export function withText(sources: SourcesState, text: OwnText): SourcesState {
  const { sha256 } = text;
  return {
    ...sources,
    own: [...new Set([...sources.own, sha256])],
    texts: [...sources.texts.filter((one) => one.sha256 !== sha256), text],
    faults: sources.faults.filter(({ source }) => source !== sha256),
  };
}

export function withTextFault(sources: SourcesState, fault: TextFault): SourcesState {
  return {
    ...sources,
    faults: [...sources.faults.filter(({ source }) => source !== fault.source), fault],
  };
}

export function withoutResult(sources: SourcesState, source: SourceId): SourcesState {
  return { ...sources, results: sources.results.filter((one) => one.source !== source) };
}

export function sourcesStarted(sources: SourcesState): SourcesState {
  return { ...sources, status: "running", current: undefined, progress: undefined, failure: undefined };
}

/** The comparison after one more event. */
export function sourcesAfter(sources: SourcesState, event: SourceEvent): SourcesState {
  switch (event.kind) {
    case "source-started":
      return { ...sources, current: event.source, progress: undefined };
    case "progress":
      return { ...sources, progress: event.progress };
    case "source": {
      const others = sources.results.filter(({ source }) => source !== event.result.source);
      return { ...sources, results: [...others, event.result], progress: undefined };
    }
    default:
      return sources;
  }
}

export function sourcesEnded(sources: SourcesState, failure: Failure | undefined): SourcesState {
  const status = failure === undefined ? "finished" : failure.cancelled ? "cancelled" : "failed";
  return {
    ...sources,
    status,
    current: undefined,
    progress: undefined,
    failure: status === "failed" ? failure : undefined,
  };
}

/** What stays when the person goes from one recipe to another: of another model nothing but the texts themselves. */
export function sourcesFor(sources: SourcesState, from: Recipe, to: Recipe): SourcesState {
  if (!same(from.model, to.model)) return { ...initialSources, own: sources.own };
  return same(besideText(from), besideText(to)) ? sources : { ...sources, results: [] };
}

/** Everything that factors depend on but their text. */
function besideText({ data, factors }: Recipe): unknown {
  return [data, { ...factors, text: "", ownText: "" }];
}
