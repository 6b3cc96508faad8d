import { isTextRecipe, type Recipe } from "../recipe/schema";
import { imageSubject } from "./image-study";
import type { TextLoader } from "./own-texts";
import type { Subject } from "./study";
import { textSubject } from "./text-study";

/** The data of a recipe, as the pipeline works with it. */
export function subjectOf(recipe: Recipe, loadText: TextLoader): Subject {
  return isTextRecipe(recipe) ? textSubject(recipe, loadText) : imageSubject(recipe);
}
