import type { OwnText } from "../../engine/api";
import type { SourceId } from "../../recipe/text-source";

/** Characters of an own text's first words in the name of a row or of a curve. */
const shortOpening = 16;

/** What a text is called: an own text by its first words, or by its hash while these are not known. */
export function sourceName(source: SourceId, texts: readonly OwnText[]): string {
  if (source === "fresh") return "Fresh text";
  if (source === "mixture") return "Training text";
  const opening = texts.find(({ sha256 }) => sha256 === source)?.opening;
  if (opening === undefined) return `Own text ${source.slice(0, 8)}…`;
  const characters = Array.from(opening);
  return characters.length > shortOpening
    ? `“${characters.slice(0, shortOpening).join("").trimEnd()}…”`
    : `“${opening}”`;
}
