import { describe, expect, test } from "vitest";
import { keepInEigenbasis, truncatedProduct } from "../../../src/tensor/reference/edit-weights";
import { svd } from "../../../src/tensor/reference/svd";
import {
  largestDifference,
  product,
  randomMatrix,
  randomOrthogonal,
  transposed,
} from "../../support/matrices";

describe("keepInEigenbasis", () => {
  const [outputs, inputs] = [5, 7];
  const weights = randomMatrix(outputs, inputs, 1);
  const [UA, UG] = [randomOrthogonal(inputs, 2), randomOrthogonal(outputs, 3)];

  test.each([
    ["a staircase", [5, 4, 4, 2, 1, 0, 0]],
    ["a rectangle", [3, 3, 3, 3, 0, 0, 0]],
    ["nothing", [0, 0, 0, 0, 0, 0, 0]],
    ["a boundary that rises", [1, 0, 4, 0, 0, 5, 0]],
  ])("multiplies %s out", (_, boundary) => {
    const C = product(
      product(UG, weights, outputs, outputs, inputs),
      transposed(UA, inputs, inputs),
      outputs,
      inputs,
      inputs,
    );
    const masked = C.map((value, k) => (Math.floor(k / inputs) < boundary[k % inputs]! ? value : 0));
    const expected = product(
      product(transposed(UG, outputs, outputs), masked, outputs, outputs, inputs),
      UA,
      outputs,
      inputs,
      inputs,
    );
    const actual = keepInEigenbasis({ weights, outputs, inputs, UA, UG }, Uint32Array.from(boundary));
    expect(largestDifference(actual, expected)).toBeLessThan(1e-13);
  });
});

test("truncatedProduct is the sum of the leading singular terms, and W itself at full rank", () => {
  const [rows, columns] = [6, 9];
  const weights = randomMatrix(rows, columns, 4);
  const decomposition = svd(weights, rows, columns);
  const { values, left, right } = decomposition;
  for (const rank of [0, 1, 3]) {
    const expected = new Float64Array(rows * columns);
    for (let k = 0; k < rank; k++) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++)
          expected[i * columns + j]! += values[k]! * left[k * rows + i]! * right[k * columns + j]!;
      }
    }
    expect(largestDifference(truncatedProduct(decomposition, rank), expected)).toBeLessThan(1e-13);
  }
  expect(largestDifference(truncatedProduct(decomposition, rows), weights)).toBeLessThan(1e-13);
});
