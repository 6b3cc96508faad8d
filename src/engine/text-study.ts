import type { TextRecipe } from "../recipe/schema";
import { LabError } from "./failure";
import type { Subject } from "./study";

export function textSubject(recipe: TextRecipe): Subject {
  const { plants, plantRepeats, quotes, quoteRepeats, pieces } = recipe.data;
  return {
    summary: { modality: "text", planted: plants, plantRepeats, quotes, quoteRepeats, pieces },
    factorSamples: recipe.factors.windows,
    with: () => {
      throw new LabError("not yet", "");
    },
  };
}
