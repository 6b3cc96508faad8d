import type { RunHandle } from "../../engine/api";
import { engine, failureOf } from "../../engine/client";
import { isTextRecipe } from "../../recipe/schema";
import { textSourceOf, type SourceId } from "../../recipe/text-source";
import { setView, useLab } from "./lab";
import { same } from "./recipe-slice";
import { planePosition } from "./selectors";
import {
  comparedSources,
  sourcesAfter,
  sourcesEnded,
  sourcesStarted,
  unreadTexts,
  withTextFault,
  withText,
  type SourcesState,
} from "./sources-slice";

/** Asks the engine for factors of the texts that are wanted beside the recipe's. */

export function setSources(update: (sources: SourcesState) => SourcesState): void {
  useLab.setState((lab) => ({ sources: update(lab.sources) }));
}

let comparing: RunHandle | undefined;

/**
 * Brings the texts beside the recipe's in line with it; what the engine holds already takes an evaluation only. `frees`:
 * also where none is wanted any more, since the engine then gives back what it held.
 */
export async function compareSources(frees = false): Promise<void> {
  const lab = useLab.getState();
  const { recipe } = lab.recipe;
  const before = comparing;
  comparing = undefined;
  before?.cancel();
  if (recipe === undefined || !isTextRecipe(recipe)) return;
  const sources = comparedSources(lab.sources, recipe, lab.view.sources);
  if (sources.length === 0 && !frees) return;
  const edit = recipe.edits[planePosition(lab) ?? -1];
  setSources(sourcesStarted);
  const mine = engine.compareSources(recipe, { sources, edit }, (event) => {
    if (comparing !== mine) return;
    setSources((state) => sourcesAfter(state, event));
    if (event.kind === "memory")
      useLab.setState(({ results }) => ({ results: { ...results, gpuBytes: event.gpuBytes } }));
  });
  comparing = mine;
  let failure: ReturnType<typeof failureOf> | undefined;
  try {
    await mine.finished;
  } catch (error) {
    failure = failureOf(error);
  }
  if (comparing !== mine) return;
  comparing = undefined;
  if (failure !== undefined) dropUncollected();
  setSources((state) => sourcesEnded(state, failure));
}

/** After a stop or a fault nothing is begun again unasked. */
function dropUncollected(): void {
  const { view, sources, recipe } = useLab.getState();
  const collected = new Set(sources.results.map(({ source }) => source));
  const text = recipe.recipe;
  const inUse = text !== undefined && isTextRecipe(text) ? textSourceOf(text) : undefined;
  setView({ sources: view.sources.filter((source) => source === inUse || collected.has(source)) });
}

export function cancelComparison(): void {
  comparing?.cancel();
}

/** Texts that the engine is being asked about. */
const asked = new Set<SourceId>();

/** Asks how the model reads own texts of which that is not known yet, and notes what is wrong with one. */
export function readOwnTexts(): void {
  const { recipe, sources, view } = useLab.getState();
  const text = recipe.recipe;
  if (text === undefined || !isTextRecipe(text)) return;
  for (const source of unreadTexts(sources, text, view.sources)) {
    if (asked.has(source)) continue;
    asked.add(source);
    const { model } = text;
    const isStill = (): boolean => same(useLab.getState().recipe.recipe?.model, model);
    void engine
      .ownText(text, source)
      .then(
        (facts) => {
          if (isStill()) setSources((state) => withText(state, facts));
        },
        (error: unknown) => {
          if (isStill()) setSources((state) => withTextFault(state, { source, failure: failureOf(error) }));
        },
      )
      .finally(() => asked.delete(source));
  }
}
