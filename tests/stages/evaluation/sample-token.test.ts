import { describe, expect, it } from "vitest";
import {
  chooseToken,
  likeliest,
  requireSampling,
  type Sampling,
} from "../../../src/stages/evaluation/sample-token";

const logits = Float32Array.of(0.5, 2, -1, 2, 1, -Infinity);

/** Shares of tokens over evenly spaced uniforms. */
function shares(sampling: Omit<Extract<Sampling, { kind: "random" }>, "kind" | "seed">): number[] {
  const draws = 40_000;
  const counts = new Array<number>(logits.length).fill(0);
  for (let i = 0; i < draws; i++) {
    counts[chooseToken(logits, { kind: "random", seed: 0, ...sampling }, (i + 0.5) / draws)]! += 1 / draws;
  }
  return counts;
}

/** Softmax at a temperature over some tokens. */
function softmax(temperature: number, tokens: readonly number[]): number[] {
  const weights = [...logits].map((logit, i) => (tokens.includes(i) ? Math.exp(logit / temperature) : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, share] of expected.entries()) expect(actual[i]).toBeCloseTo(share, 3);
}

describe("the next token", () => {
  it("is the first of the most likely ones when greedy", () => {
    expect(likeliest(logits)).toBe(1);
    expect(chooseToken(logits, { kind: "greedy" }, 0.99)).toBe(1);
  });

  it("is drawn with the softmax's probabilities at a temperature", () => {
    expectClose(shares({ temperature: 1 }), softmax(1, [0, 1, 2, 3, 4, 5]));
    expectClose(shares({ temperature: 0.4 }), softmax(0.4, [0, 1, 2, 3, 4, 5]));
  });

  it("is one of the K most likely, ties by number", () => {
    expectClose(shares({ temperature: 1, topK: 3 }), softmax(1, [1, 3, 4]));
    expectClose(shares({ temperature: 1, topK: 1 }), [0, 1, 0, 0, 0, 0]);
    expectClose(shares({ temperature: 2, topK: 99 }), softmax(2, [0, 1, 2, 3, 4, 5]));
  });

  it("is one of the fewest that reach the sum P, of those that K leaves", () => {
    const [, first = 0, , second = 0, third = 0] = softmax(1, [0, 1, 2, 3, 4, 5]);
    expectClose(shares({ temperature: 1, topP: first - 0.01 }), [0, 1, 0, 0, 0, 0]);
    expectClose(shares({ temperature: 1, topP: first + second + 0.01 }), softmax(1, [1, 3, 4]));
    expectClose(shares({ temperature: 1, topP: first + second + third + 0.01 }), softmax(1, [0, 1, 3, 4]));
    // Of K = 2 the first has half of what is left.
    expectClose(shares({ temperature: 1, topK: 2, topP: 0.49 }), [0, 1, 0, 0, 0, 0]);
  });

  it("is never one without probability, whatever the draw", () => {
    const certain = Float32Array.of(-Infinity, 1, -Infinity);
    for (const uniform of [0, 0.5, 1 - 2 ** -32]) {
      expect(chooseToken(certain, { kind: "random", temperature: 3, seed: 0 }, uniform)).toBe(1);
    }
  });
});

describe("settings of the draw", () => {
  it.each([
    [{ temperature: 0 }, "temperature is 0"],
    [{ temperature: Number.NaN }, "temperature is NaN"],
    [{ temperature: 1, topK: 0 }, "topK is 0"],
    [{ temperature: 1, topK: 1.5 }, "topK is 1.5"],
    [{ temperature: 1, topP: 0 }, "topP is 0"],
    [{ temperature: 1, topP: 1.1 }, "topP is 1.1"],
  ])("%o are refused", (settings, message) => {
    expect(() => {
      requireSampling({ kind: "random", seed: 0, ...settings });
    }).toThrow(message);
  });
});
