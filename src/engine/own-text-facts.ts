import type { Recipe } from "../recipe/schema";
import type { StageContext } from "../stages/progress";
import type { OwnText } from "./api";
import { LabError } from "./failure";
import type { Pipeline } from "./pipeline";
import { ownTextTokens, ownTextWindows, WINDOW_POSITIONS } from "./texts";
import { readingTokenizer } from "./text-study";
import type { Turns } from "./turns";

/** Characters that a text is known by. */
const openingLength = 60;

/**
 * An own text as the model of a recipe reads it.
 * @throws OwnTextError if it is too short for one window.
 */
export async function ownTextFacts(
  pipeline: Pipeline,
  turns: Turns,
  recipe: Recipe,
  { sha256, text }: { readonly sha256: string; readonly text: string },
  context: StageContext,
): Promise<OwnText> {
  const open = (): ReturnType<Pipeline["model"]> => pipeline.model(recipe, context);
  const model = await (pipeline.hasModel(recipe) ? open() : turns.turn(open));
  if (model.modality !== "text") {
    throw new LabError("This model does not read text.", "Choose a language model with its tokenizer.");
  }
  const tokens = await ownTextTokens(text, readingTokenizer(model), Number.POSITIVE_INFINITY, context);
  return {
    sha256,
    characters: text.length,
    tokens: tokens.length - 1,
    windows: ownTextWindows(tokens, WINDOW_POSITIONS).length,
    opening: Array.from(text.slice(0, 400).trim().replaceAll(/\s+/g, " ")).slice(0, openingLength).join(""),
  };
}
