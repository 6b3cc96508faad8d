import { describe, expect, it } from "vitest";
import { levenshtein } from "../../../src/stages/evaluation/levenshtein";
import { RandomStream } from "../../../src/tensor/random";

/** By the definition: the first tokens agree or cost 1, or one of them is left out. */
function byDefinition(a: readonly number[], b: readonly number[]): number {
  const known = new Map<string, number>();
  const from = (i: number, j: number): number => {
    if (i === a.length) return b.length - j;
    if (j === b.length) return a.length - i;
    const key = `${String(i)} ${String(j)}`;
    const distance =
      known.get(key) ??
      (a[i] === b[j] ? from(i + 1, j + 1) : 1 + Math.min(from(i + 1, j + 1), from(i + 1, j), from(i, j + 1)));
    known.set(key, distance);
    return distance;
  };
  return from(0, 0);
}

describe("levenshtein", () => {
  const letters = (word: string): number[] =>
    Array.from({ length: word.length }, (_, i) => word.charCodeAt(i));

  it.each([
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "", 3],
    ["abc", "abc", 0],
    ["kitten", "sitting", 3],
    ["saturday", "sunday", 3],
    ["abcdef", "bcdefg", 2],
    ["abc", "cba", 2],
    ["aaaa", "bbbb", 4],
  ])("of %j and %j is %i", (first, second, distance) => {
    expect(levenshtein(letters(first), letters(second))).toBe(distance);
  });

  it("takes tokens whole, whatever their digits", () => {
    expect(levenshtein([1, 23], [12, 3])).toBe(2);
  });

  it("is that of the definition for random texts, either way round", () => {
    const random = new RandomStream(1);
    const drawn = (): number[] => Array.from({ length: random.integer(20) }, () => random.integer(4));
    for (let round = 0; round < 300; round++) {
      const [a, b] = [drawn(), drawn()];
      expect([levenshtein(a, b), levenshtein(b, a)]).toEqual([byDefinition(a, b), byDefinition(a, b)]);
    }
  });
});
