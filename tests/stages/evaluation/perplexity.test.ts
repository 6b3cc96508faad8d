import { describe, expect, it } from "vitest";
import { perplexity } from "../../../src/stages/evaluation/perplexity";
import { RandomStream } from "../../../src/tensor/random";

describe("perplexity", () => {
  it("of even odds over k tokens is k", () => {
    for (const k of [1, 2, 1536]) expect(perplexity([Math.log(1 / k), Math.log(1 / k)])).toBeCloseTo(k, 9);
  });

  it("is the inverse geometric mean of the probabilities", () => {
    const random = new RandomStream(5);
    const probabilities = Array.from({ length: 20 }, () => 0.05 + 0.9 * random.uniform());
    const product = probabilities.reduce((all, p) => all * p, 1);
    expect(perplexity(probabilities.map(Math.log))).toBeCloseTo(product ** (-1 / 20), 12);
  });

  it("is the exponential of the mean over all positions, not a mean of exponentials", () => {
    expect(perplexity([0, -2])).toBeCloseTo(Math.E, 12);
  });

  it("of no position is no number", () => expect(perplexity([])).toBeNaN());
});
