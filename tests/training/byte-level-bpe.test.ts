import { describe, expect, it } from "vitest";
import { freshText } from "../../src/stages/data/corpus/fresh-documents";
import { trainBytePairs } from "../../src/training/byte-level-bpe";
import { pieceCounts } from "../../src/training/tokenizer-files";
import { naiveTrain } from "../stages/data/naive-bpe";

const special = ["<|endoftext|>"];

describe("trainBytePairs", () => {
  it("learns what counting all pairs anew learns, on text of the corpus", () => {
    const words = pieceCounts(freshText(3, "training", 4000));
    const learned = trainBytePairs(words, 257 + 200, special);
    expect(learned).toEqual(naiveTrain(words, 257 + 200, special));
    expect(learned.tokens).toHaveLength(457);
  });

  it("learns what counting anew learns where letters repeat and ties abound", () => {
    const words = new Map([
      ["aaaa", 2],
      ["aaa", 3],
      ["abab", 3],
      ["baba", 3],
      [" é🙂é🙂", 2],
      ["aabaab", 1],
    ]);
    expect(trainBytePairs(words, 257 + 14, special)).toEqual(naiveTrain(words, 257 + 14, special));
  });

  it("merges the most frequent pair first, and of equal ones that of the lowest bytes", () => {
    const words = new Map([
      ["xy", 5],
      ["cd", 4],
      ["ab", 4],
    ]);
    expect(trainBytePairs(words, 260, special).merges).toEqual([
      ["x", "y"],
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("does not depend on the order of the words", () => {
    const words = [...pieceCounts(freshText(4, "training", 2000))];
    expect(trainBytePairs(new Map(words.toReversed()), 400, special)).toEqual(
      trainBytePairs(new Map(words), 400, special),
    );
  });

  it("says so when the words have too few pairs", () => {
    expect(() => trainBytePairs(new Map([["abc", 1]]), 300, special)).toThrow(/for 300 tokens.*at 259/);
  });
});
