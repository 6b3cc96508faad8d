import { describe, expect, test } from "vitest";
import { addCovariance } from "../../../src/tensor/reference/covariance";
import { largestDifference, product, randomMatrix, transposed } from "../../support/matrices";

describe("addCovariance", () => {
  test.each([
    [1, 1],
    [300, 7],
    [40, 67],
    [513, 130],
  ])("%i samples of size %i give the upper triangle of XᵀX", (rows, size) => {
    const x = randomMatrix(rows, size, 1);
    const sums = new Float64Array(size * size);
    addCovariance(x, rows, size, sums);
    const upper = (matrix: Float64Array) => matrix.filter((_, k) => k % size >= Math.floor(k / size));
    const expected = product(transposed(x, rows, size), x, size, rows, size);
    expect(largestDifference(upper(sums), upper(expected))).toBeLessThan(1e-11);
  });

  test("adds to what the sums hold, so that batches add up", () => {
    const x = Float32Array.from(randomMatrix(20, 5, 2));
    const whole = new Float64Array(25);
    addCovariance(x, 20, 5, whole);
    const batches = new Float64Array(25);
    addCovariance(x.subarray(0, 60), 12, 5, batches);
    addCovariance(x.subarray(60), 8, 5, batches);
    expect(largestDifference(batches, whole)).toBeLessThan(1e-13);
  });

  test("no samples change nothing; too few values and sums of the wrong size are errors", () => {
    const sums = Float64Array.of(1, 2, 2, 3);
    addCovariance(new Float32Array(0), 0, 2, sums);
    expect([...sums]).toEqual([1, 2, 2, 3]);
    expect(() => addCovariance(new Float32Array(5), 3, 2, sums)).toThrow("at least 6 sample values, got 5");
    expect(() => addCovariance(new Float32Array(6), 2, 3, sums)).toThrow("3×3 values, got 4");
  });
});
