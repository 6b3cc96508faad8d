import type { Check } from "./check";
import type { TextRecipe } from "./schema";
import { sha256Text } from "./validate";

/** The text that factors come from, as one word: `fresh`, `mixture`, or the SHA-256 of an own text. */
export type SourceId = string;

/** Texts that are shown beside one another: each keeps its factors in memory. */
export const mostSources = 6;

export const sourceId: Check<SourceId> = (value, path, faults) => {
  if (value === "fresh" || value === "mixture") return value;
  return sha256Text(value, path, faults);
};

export function isOwnText(id: SourceId): boolean {
  return id !== "fresh" && id !== "mixture";
}

export function textSourceOf({ factors }: Pick<TextRecipe, "factors">): SourceId {
  return factors.ownText ?? factors.text;
}

/** The recipe with factors of another text and all else as it is. */
export function withSource(recipe: TextRecipe, id: SourceId): TextRecipe {
  const { ownText: _, ...factors } = recipe.factors;
  if (id === "fresh" || id === "mixture") return { ...recipe, factors: { ...factors, text: id } };
  return { ...recipe, factors: { ...factors, text: "own", ownText: id } };
}
