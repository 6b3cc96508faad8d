import { describe, expect, it } from "vitest";
import {
  isLoose,
  recitationByGroup,
  recitationMetrics,
  recite,
  relativeDistance,
} from "../../../src/stages/evaluation/recitation";

const suffix = Array.from({ length: 48 }, (_, i) => i);
const withWrong = (count: number): number[] => suffix.map((token, i) => (i < count ? 1000 + token : token));

describe("a recited text", () => {
  it("is strict only if every token is right", () => {
    expect(recite(suffix, suffix)).toEqual({ length: 48, strict: true, distance: 0 });
    expect(recite(suffix, withWrong(1))).toEqual({ length: 48, strict: false, distance: 1 });
  });

  it("is loose up to a quarter of wrong tokens, and no further", () => {
    expect([0, 1, 12, 13, 48].map((count) => isLoose(recite(suffix, withWrong(count))))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(relativeDistance(recite(suffix, withWrong(12)))).toBe(0.25);
    // For every length, as the formula has it.
    for (let length = 1; length <= 60; length++)
      for (let distance = 0; distance <= length; distance++)
        expect(isLoose({ length, strict: distance === 0, distance })).toBe(
          1 - distance / length >= 0.75 - 1e-12,
        );
  });

  it("shifted by a token is two edits away, not all of them", () => {
    expect(recite(suffix, [99, ...suffix.slice(0, -1)]).distance).toBe(2);
  });

  it("that ends early lacks the rest", () => {
    expect(recite(suffix, suffix.slice(0, 40))).toEqual({ length: 48, strict: false, distance: 8 });
    expect(recite(suffix, [])).toEqual({ length: 48, strict: false, distance: 48 });
  });

  it("has a suffix, and no more tokens than that", () => {
    expect(() => recite([], [])).toThrow("expected a suffix of at least one token");
    expect(() => recite([1], [1, 2])).toThrow("expected a continuation of at most 1 tokens, got 2");
  });
});

describe("averages", () => {
  const texts = [0, 6, 12, 24].map((count) => recite(suffix, withWrong(count)));

  it("are over texts", () => {
    expect(recitationMetrics(texts)).toEqual({
      passages: 4,
      strict: 1 / 4,
      loose: 3 / 4,
      levenshtein: (6 + 12 + 24) / 48 / 4,
    });
  });

  it("weigh texts of different lengths alike", () => {
    const short = recite([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 0, 0, 0, 0]);
    expect(recitationMetrics([texts[0]!, short]).levenshtein).toBe(0.25);
  });

  it("tell strict before anything was generated, and the others only when they are known", () => {
    const [exact, other] = [
      { length: 48, strict: true, distance: undefined },
      { length: 48, strict: false, distance: undefined },
    ];
    const unknown = { loose: undefined, levenshtein: undefined };
    expect(recitationMetrics([exact, other])).toEqual({ passages: 2, strict: 0.5, ...unknown });
    // A text recited exactly need not be generated.
    expect(recitationMetrics([exact, exact])).toEqual({ passages: 2, strict: 1, loose: 1, levenshtein: 0 });
    expect(recitationMetrics([exact, { ...other, distance: 12 }])).toEqual({
      passages: 2,
      strict: 0.5,
      loose: 1,
      levenshtein: 0.125,
    });
  });

  it("of no text are no number", () => {
    expect(recitationMetrics([])).toEqual({ passages: 0, strict: NaN, loose: NaN, levenshtein: NaN });
  });

  it("are of each group alone", () => {
    const byGroup = recitationByGroup(texts, ["planted", "heldOut", "planted", "quote"]);
    expect(byGroup.planted).toEqual(recitationMetrics([texts[0]!, texts[2]!]));
    expect(byGroup.heldOut).toEqual(recitationMetrics([texts[1]!]));
    expect(byGroup.quote).toEqual(recitationMetrics([texts[3]!]));
    expect(() => recitationByGroup(texts, ["quote"])).toThrow("expected 1 texts, got 4");
  });
});
