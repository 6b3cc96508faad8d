import { describe, expect, it } from "vitest";
import { Draw } from "../../../../src/stages/data/corpus/draw";
import { RandomStream } from "../../../../src/tensor/random";

const letters = "abcdefghijklmnopqrst".split("");

/** Σ (observed − expected)²/expected of many draws. */
function chiSquared(draw: () => string, probabilities: readonly number[], draws: number): number {
  const counts = new Map(letters.map((letter) => [letter, 0]));
  for (let i = 0; i < draws; i++) {
    const letter = draw();
    counts.set(letter, counts.get(letter)! + 1);
  }
  return letters.reduce((sum, letter, i) => {
    const expected = probabilities[i]! * draws;
    return sum + (counts.get(letter)! - expected) ** 2 / expected;
  }, 0);
}

const uniform = letters.map(() => 1 / letters.length);
const zipf = letters.map((_, rank) => 1 / (rank + 1.5));
const zipfSum = zipf.reduce((a, b) => a + b);
/** Exceeded once in a million times with 19 degrees of freedom. */
const LIMIT = 62.4;

describe("Draw", () => {
  it.each([
    ["zipf", zipf.map((weight) => weight / zipfSum)],
    ["uniform", uniform],
  ] as const)("draws by the %s law", (law, probabilities) => {
    const draw = new Draw(new RandomStream(1), law);
    expect(chiSquared(() => draw.one(letters), probabilities, 20_000)).toBeLessThan(LIMIT);
  });

  it("draws evenly where asked, whatever the law", () => {
    const draw = new Draw(new RandomStream(2), "zipf");
    expect(chiSquared(() => draw.evenly(letters), uniform, 20_000)).toBeLessThan(LIMIT);
  });

  it.each(["zipf", "uniform"] as const)("uses every word once before any comes again (%s)", (law) => {
    const draw = new Draw(new RandomStream(3), law);
    for (let document = 0; document < 20; document++) {
      draw.startDocument();
      const words = letters.map(() => draw.word(letters));
      expect(words.toSorted()).toEqual(letters);
      expect(letters).toContain(draw.word(letters));
    }
  });

  it("draws whole numbers from the first to the last", () => {
    const draw = new Draw(new RandomStream(4), "uniform");
    const numbers = Array.from({ length: 500 }, () => draw.between(-2, 3));
    expect([...new Set(numbers)].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
  });

  it("says so when a list is empty", () => {
    expect(() => new Draw(new RandomStream(1), "zipf").one([])).toThrow(/expected a list/);
  });
});
