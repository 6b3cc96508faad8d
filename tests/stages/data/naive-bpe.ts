/** Byte-pair encoding as the papers describe it, written for clarity; shares no code with the lab or its library. */

export interface BpeFile {
  readonly model: {
    readonly vocab: Readonly<Record<string, number>>;
    readonly merges: readonly (readonly [string, string])[];
  };
}

/** GPT-2's table: printable bytes stand for themselves, the others for U+0100 and up in their order. */
export const byteTable: readonly string[] = (() => {
  const table: string[] = [];
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    table.push(String.fromCodePoint(printable ? byte : next++));
  }
  return table;
})();

const isLetter = (character: string): boolean => /^[A-Za-z]$/.test(character);
const isDigit = (character: string): boolean => /^[0-9]$/.test(character);
const isSpace = (character: string): boolean => /^\s$/.test(character);
const isSign = (character: string): boolean =>
  character !== "" && !isLetter(character) && !isDigit(character) && !isSpace(character);

/** The pieces of a text, found character by character. */
export function naivePieces(text: string): string[] {
  const characters = Array.from(text);
  const pieces: string[] = [];
  const at = (i: number): string => characters[i] ?? "";
  let i = 0;
  while (i < characters.length) {
    const contraction = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].find((ending) =>
      characters
        .slice(i, i + 3)
        .join("")
        .startsWith(ending),
    );
    let end = i;
    if (contraction !== undefined) end = i + contraction.length;
    else {
      const start = at(i) === " " ? i + 1 : i;
      if (isLetter(at(start))) for (end = start; isLetter(at(end));) end++;
      else if (isDigit(at(start))) end = start + 1;
      else if (isSign(at(start))) for (end = start; isSign(at(end));) end++;
      else {
        while (isSpace(at(end))) end++;
        // The last space before a word goes with the word.
        if (end < characters.length && end - i > 1) end--;
      }
    }
    pieces.push(characters.slice(i, end).join(""));
    i = end;
  }
  return pieces;
}

/** Merges the earliest learnt pair that occurs, everywhere it occurs, until none does. */
export function naiveEncode({ model }: BpeFile, text: string): number[] {
  return naivePieces(text).flatMap((piece) => {
    let tokens = Array.from(new TextEncoder().encode(piece), (byte) => byteTable[byte]!);
    for (const [left, right] of model.merges) {
      const merged: string[] = [];
      for (const token of tokens) {
        if (token === right && merged.at(-1) === left) merged[merged.length - 1] = left + right;
        else merged.push(token);
      }
      tokens = merged;
    }
    return tokens.map((token) => model.vocab[token]!);
  });
}

/** Counts all pairs anew for every merge; ties go to the pair of the lowest ids. */
export function naiveTrain(
  words: ReadonlyMap<string, number>,
  size: number,
  specialTokens: readonly string[],
): { tokens: string[]; merges: [string, string][] } {
  const tokens = [...specialTokens, ...byteTable];
  const merges: [string, string][] = [];
  const split = new Map(
    [...words.keys()].map((word) => [
      word,
      Array.from(new TextEncoder().encode(word), (byte) => specialTokens.length + byte),
    ]),
  );
  while (tokens.length < size) {
    const counts = new Map<string, number>();
    for (const [word, ids] of split) {
      for (let i = 1; i < ids.length; i++) {
        const key = `${ids[i - 1]!},${ids[i]!}`;
        counts.set(key, (counts.get(key) ?? 0) + words.get(word)!);
      }
    }
    const ranked = [...counts].toSorted(([a, m], [b, n]) => {
      const [aLeft, aRight] = a.split(",").map(Number) as [number, number];
      const [bLeft, bRight] = b.split(",").map(Number) as [number, number];
      return n - m || aLeft - bLeft || aRight - bRight;
    });
    const best = ranked[0];
    if (!best) throw new Error("naiveTrain: no pairs are left");
    const [left, right] = best[0].split(",").map(Number) as [number, number];
    merges.push([tokens[left]!, tokens[right]!]);
    const id = tokens.push(tokens[left]! + tokens[right]!) - 1;
    for (const [word, ids] of split) {
      const merged: number[] = [];
      for (let i = 0; i < ids.length; i++) {
        if (ids[i] === left && ids[i + 1] === right) {
          merged.push(id);
          i++;
        } else merged.push(ids[i]!);
      }
      split.set(word, merged);
    }
  }
  return { tokens, merges };
}
