import { isTextRecipe, type Recipe } from "../recipe/schema";
import { imageSubject } from "./image-study";
import type { Subject } from "./study";
import { textSubject } from "./text-study";

/** The data of a recipe, as the pipeline works with it. */
export function subjectOf(recipe: Recipe): Subject {
  return isTextRecipe(recipe) ? textSubject(recipe) : imageSubject(recipe);
}
