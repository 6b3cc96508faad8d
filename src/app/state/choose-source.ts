import type { Failure, Opening } from "../../engine/api";
import { engine, failureOf } from "../../engine/client";
import { isTextRecipe, type TextRecipe } from "../../recipe/schema";
import { mostSources, textSourceOf, withSource, type SourceId } from "../../recipe/text-source";
import { setRecipe } from "./change-recipe";
import { compareSources, setSources } from "./compare-sources";
import { notify, setView, useLab } from "./lab";
import { runRecipe } from "./run-recipe";
import { withoutResult, withText } from "./sources-slice";

/** What a person can do with the texts that factors come from. */

function currentRecipe(): TextRecipe | undefined {
  const { recipe } = useLab.getState().recipe;
  return recipe !== undefined && isTextRecipe(recipe) ? recipe : undefined;
}

/** Makes it the text of the recipe: everything on the page follows. */
export function putInUse(source: SourceId): void {
  const recipe = currentRecipe();
  if (recipe !== undefined && textSourceOf(recipe) !== source) setRecipe(withSource(recipe, source));
}

/** Collects factors of a text beside the recipe's, which are kept from then on as well. */
export function collectSource(source: SourceId): void {
  const recipe = currentRecipe();
  if (recipe === undefined) return;
  const { sources } = useLab.getState().view;
  const wanted = [...new Set([textSourceOf(recipe), ...sources, source])];
  if (wanted.length > mostSources) {
    notify({
      id: "sources",
      message: `Factors of ${String(mostSources)} texts are kept at the most.`,
      remedy: "Discard those of another text first.",
    });
    return;
  }
  setView({ sources: wanted });
  void compareSources();
}

/** Gives back the memory that the factors of a text take. */
export function freeSource(source: SourceId): void {
  setView({ sources: useLab.getState().view.sources.filter((one) => one !== source) });
  setSources((state) => withoutResult(state, source));
  void compareSources(true);
}

/** Takes a text of the person's own and collects factors of it; resolves to what is wrong with it. */
export async function adoptText(file: File, opening: Opening): Promise<Failure | undefined> {
  const recipe = currentRecipe();
  if (recipe === undefined) return undefined;
  try {
    const { text, notices } = await engine.adoptText(recipe, file, opening);
    for (const notice of notices) notify({ id: "own-text", ...notice });
    setSources((state) => withText(state, text));
    const now = currentRecipe();
    // The text that the recipe asked for and that was not here: the run goes on.
    if (now !== undefined && textSourceOf(now) === text.sha256) runRecipe();
    else collectSource(text.sha256);
    return undefined;
  } catch (error) {
    const failure = failureOf(error);
    return failure.cancelled ? undefined : failure;
  }
}
