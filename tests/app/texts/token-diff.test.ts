import { describe, expect, it } from "vitest";
import { diffText, tokenDiff } from "../../../src/app/texts/token-diff";
import { levenshtein } from "../../../src/stages/evaluation/levenshtein";
import { RandomStream } from "../../../src/tensor/random";

const letters = (text: string): string[] => Array.from(text);

describe("tokenDiff", () => {
  it("marks replaced, added and left out tokens where they stand", () => {
    expect(tokenDiff(letters("abcd"), letters("axcd"))).toEqual([
      { kind: "same", text: "a" },
      { kind: "replaced", text: "x", instead: "b" },
      { kind: "same", text: "c" },
      { kind: "same", text: "d" },
    ]);
    expect(tokenDiff(letters("abc"), letters("abxc"))).toContainEqual({ kind: "added", text: "x" });
    expect(tokenDiff(letters("abc"), letters("ac"))).toContainEqual({ kind: "missing", text: "b" });
  });

  it("marks all of an empty text as left out, and nothing of an equal one", () => {
    expect(tokenDiff(letters("ab"), [])).toEqual([
      { kind: "missing", text: "a" },
      { kind: "missing", text: "b" },
    ]);
    expect(tokenDiff(letters("ab"), letters("ab")).every(({ kind }) => kind === "same")).toBe(true);
  });

  it("has as many marks as the Levenshtein distance, and gives back both texts", () => {
    const random = new RandomStream(5, 1);
    const draw = (length: number): number[] => Array.from({ length }, () => Math.floor(random.uniform() * 4));
    for (let trial = 0; trial < 60; trial++) {
      const [expected, written] = [draw(trial % 9), draw((trial * 5) % 11)];
      const marks = tokenDiff(expected.map(String), written.map(String));
      expect(marks.filter(({ kind }) => kind !== "same")).toHaveLength(levenshtein(expected, written));
      expect(marks.flatMap((mark) => (mark.kind === "missing" ? [] : [mark.text]))).toEqual(
        written.map(String),
      );
      const wanted = marks.flatMap((mark) =>
        mark.kind === "added" ? [] : [mark.kind === "replaced" ? mark.instead : mark.text],
      );
      expect(wanted).toEqual(expected.map(String));
    }
  });
});

describe("diffText", () => {
  it("counts the marks by kind", () => {
    expect(diffText(tokenDiff(letters("abc"), letters("abc")))).toBe("No token differs.");
    expect(diffText(tokenDiff(letters("abc"), letters("axc")))).toBe("1 token differs: 1 replaced.");
    expect(diffText(tokenDiff(letters("abcd"), letters("xbc")))).toBe(
      "2 tokens differ: 1 replaced, 1 left out.",
    );
  });
});
