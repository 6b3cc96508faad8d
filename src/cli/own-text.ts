import { LabError } from "../engine/failure";
import type { OwnTexts } from "../engine/own-texts";
import { isTextRecipe, type Recipe } from "../recipe/schema";
import { withSource } from "../recipe/text-source";
import { readBytes } from "./node-loader";

/** The hash of a text file, which the texts then know. */
export async function ownTextOf(path: string, texts: OwnTexts): Promise<string> {
  const read = await texts.read(new File([await readBytes(path)], path));
  await texts.keep(read, {});
  return read.sha256;
}

/** The recipe with factors from this text. */
export function withOwnText(recipe: Recipe, sha256: string): Recipe {
  if (!isTextRecipe(recipe)) {
    throw new LabError(
      "The recipe is for images.",
      "Leave --text out, or take a recipe for a language model.",
    );
  }
  const wanted = recipe.factors.ownText;
  if (wanted === undefined || wanted === sha256) return withSource(recipe, sha256);
  throw new LabError(
    `The recipe is for an own text of SHA-256 ${wanted}; the file of --text has ${sha256}.`,
    "Give the file that the recipe was made with, or a preset.",
  );
}
