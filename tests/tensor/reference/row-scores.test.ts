import { expect, it } from "vitest";
import { rowScores } from "../../../src/tensor/reference/row-scores";
import { drawnLogits, expectRowScores } from "../../support/row-scores";

it.each([
  [7, 1, 1],
  [5, 10, 10],
  [20, 37, 10],
  [3, 1536, 10],
  [4, 301, 1],
])("scores of %i rows of %i entries and their %i largest are those of sorting", (rows, columns, count) => {
  for (const ties of [false, true]) {
    const { x, labels } = drawnLogits(rows, columns, ties);
    expectRowScores(rowScores(x, columns, labels, count), x, columns, labels, count);
  }
});

it("log-probabilities of large logits neither overflow nor lose the label", () => {
  const { logProbabilities } = rowScores(Float32Array.of(1e4, 1e4, -1e4), 3, Uint32Array.of(1), 1);
  expect(logProbabilities[0]).toBeCloseTo(-Math.LN2, 6);
});

it("rows that are not finite give no number", () => {
  const X = Float32Array.of(1, NaN, Infinity, 1, 1, 2);
  expect([...rowScores(X, 2, Uint32Array.of(0, 0, 0), 1).logProbabilities]).toEqual([
    NaN,
    NaN,
    expect.closeTo(-1 - Math.log(1 + Math.exp(-1)), 6),
  ]);
});
