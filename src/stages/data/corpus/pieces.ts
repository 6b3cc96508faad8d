/** Splits text before byte pairs are merged: words and signs with the space before them, digits one by one. */
export const PIECE_PATTERN = String.raw`'(?:s|t|re|ve|m|ll|d)| ?[A-Za-z]+| ?[0-9]| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+`;

/** The pieces of a text; joined they are the text. */
export function piecesOf(text: string): readonly string[] {
  return text.match(new RegExp(PIECE_PATTERN, "gu")) ?? [];
}
