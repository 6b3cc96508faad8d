import { faultText } from "../recipe/check";
import { isTextRecipe, type Recipe, type TextRecipe } from "../recipe/schema";
import { validateRecipe } from "../recipe/validate";
import { LabError } from "./failure";

/** The recipe if it is whole; an error that names the first faults if not. */
export function validRecipe(recipe: unknown): Recipe {
  const validation = validateRecipe(recipe);
  if (validation.ok) return validation.value;
  const faults = validation.faults.slice(0, 3).map(faultText);
  throw new LabError(
    `The recipe cannot be run: ${faults.join("; ")}.`,
    "Change what is named, or start from a preset.",
  );
}

export function validTextRecipe(recipe: unknown): TextRecipe {
  const valid = validRecipe(recipe);
  if (isTextRecipe(valid)) return valid;
  throw new LabError("The recipe is for images.", "Choose a language model.");
}
