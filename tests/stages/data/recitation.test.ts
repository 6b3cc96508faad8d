import { describe, expect, it } from "vitest";
import { recitationOf } from "../../../src/stages/data/recitation";
import type { TextTokenizer } from "../../../src/stages/data/types";

/** One token a character, so that positions can be read off. */
const letters: TextTokenizer = {
  encode: (text) => Array.from(text, (character) => character.charCodeAt(0)),
  decode: (ids) => String.fromCharCode(...ids),
  tokenText: (id) => String.fromCharCode(id),
  size: 128,
  endOfText: 0,
};

const numbered = (length: number): string =>
  Array.from({ length }, (_, i) => String.fromCharCode(i + 1)).join("");
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("recitationOf", () => {
  it("splits a passage into its first 64 tokens and the 48 after them", () => {
    expect(recitationOf({ id: 3, kind: "essay", text: numbered(120) }, letters)).toEqual({
      id: 3,
      kind: "essay",
      prefix: range(1, 64),
      suffix: range(65, 112),
    });
  });

  it("splits a quote before its last 8 tokens", () => {
    const { prefix, suffix } = recitationOf({ id: 0, kind: "quote", text: numbered(30) }, letters);
    expect(prefix).toEqual(range(1, 22));
    expect(suffix).toEqual(range(23, 30));
  });

  it("says which passage is too short, and by how much", () => {
    expect(recitationOf({ id: 7, kind: "letter", text: numbered(112) }, letters).suffix).toHaveLength(48);
    expect(() => recitationOf({ id: 7, kind: "letter", text: numbered(111) }, letters)).toThrow(
      /at least 112 tokens in letter 7, got 111/,
    );
    expect(() => recitationOf({ id: 1, kind: "quote", text: numbered(8) }, letters)).toThrow(
      /at least 9 tokens/,
    );
  });
});
