import { describe, expect, test } from "vitest";
import { svd, type SingularDecomposition } from "../../../src/tensor/reference/svd";
import {
  largestDifference,
  orthonormalityError,
  product,
  randomMatrix,
  randomOrthogonal,
  transposed,
} from "../../support/matrices";

function reconstructed({ rows, columns, values, left, right }: SingularDecomposition): Float64Array {
  const count = values.length;
  const scaled = Float64Array.from(right, (x, k) => x * values[Math.floor(k / columns)]!);
  return product(transposed(left, count, rows), scaled, rows, count, columns);
}

function expectDecomposition(matrix: ArrayLike<number>, result: SingularDecomposition): void {
  const { rows, columns, values, left, right } = result;
  const limit = 3e-14 * Math.max(values[0]!, Number.MIN_VALUE);
  expect(largestDifference(reconstructed(result), matrix)).toBeLessThanOrEqual(limit);
  expect(orthonormalityError(left, values.length, rows)).toBeLessThan(1e-13);
  expect(orthonormalityError(right, values.length, columns)).toBeLessThan(1e-13);
  expect([...values]).toEqual([...values].sort((a, b) => b - a));
}

/** rows×columns with these singular values. */
function matrixFrom(sigma: Float64Array, rows: number, columns: number): Float64Array {
  const left = randomOrthogonal(rows, 1).subarray(0, sigma.length * rows);
  const right = randomOrthogonal(columns, 2).subarray(0, sigma.length * columns);
  return reconstructed({ rows, columns, values: Float64Array.from(sigma), left, right });
}

describe("svd", () => {
  test.each([
    [1, 1],
    [1, 9],
    [9, 1],
    [6, 6],
    [17, 40],
    [40, 17],
    [66, 65],
  ])("decomposes a random %i×%i matrix", (rows, columns) => {
    const matrix = randomMatrix(rows, columns, rows + columns);
    expectDecomposition(matrix, svd(matrix, rows, columns));
  });

  test.each([5, 40, 120])(
    "meets the closed form of the %i×%i triangle of ones within 1e-12 relative",
    (n) => {
      const matrix = Float64Array.from({ length: n * n }, (_, k) => (k % n <= Math.floor(k / n) ? 1 : 0));
      const { values } = svd(matrix, n, n);
      const errors = Array.from(values, (value, k) => {
        const exact = 1 / (2 * Math.sin(((2 * k + 1) * Math.PI) / (4 * n + 2)));
        return Math.abs(value / exact - 1);
      });
      expect(Math.max(...errors)).toBeLessThan(1e-12);
    },
  );

  test("finds small singular values that a squared matrix would lose", () => {
    const sigma = Float64Array.from({ length: 24 }, (_, k) => 10 ** (-k / 2));
    const matrix = matrixFrom(sigma, 30, 24);
    const result = svd(matrix, 30, 24);
    expectDecomposition(matrix, result);
    expect(largestDifference(result.values, sigma)).toBeLessThan(1e-15);
  });

  test.each([
    ["rank 3", Float64Array.of(5, 2, 1, 0, 0, 0, 0, 0, 0, 0)],
    ["equal values", new Float64Array(10).fill(2)],
    [
      "pairs of nearly equal values",
      Float64Array.from({ length: 10 }, (_, k) => 1 / (1 + Math.floor(k / 2)) + 1e-14 * k),
    ],
  ])("keeps both bases orthonormal for %s", (_, sigma) => {
    for (const [rows, columns] of [
      [10, 14],
      [14, 10],
      [10, 10],
    ] as const) {
      const matrix = matrixFrom(sigma, rows, columns);
      const result = svd(matrix, rows, columns);
      expectDecomposition(matrix, result);
      expect(largestDifference(result.values, Float64Array.from(sigma).sort().reverse())).toBeLessThan(1e-13);
    }
  });

  test("of zeros and of a matrix with repeated rows has orthonormal bases", () => {
    expectDecomposition(new Float64Array(12), svd(new Float64Array(12), 3, 4));
    const repeated = Float64Array.from({ length: 40 }, (_, k) => (k % 8) + 1);
    const result = svd(repeated, 5, 8);
    expectDecomposition(repeated, result);
    expect(result.values[1]!).toBeLessThan(1e-13);
  });

  test.each([1e-250, 1e250])("works at scale %s", (scale) => {
    const matrix = randomMatrix(4, 6, 3).map((x) => x * scale);
    expectDecomposition(matrix, svd(matrix, 4, 6));
  });

  test("refuses NaN, Infinity and wrong sizes", () => {
    expect(() => svd(Float64Array.of(1, NaN), 1, 2)).toThrow("svd: expected finite values, got NaN in row 0");
    expect(() => svd(Float64Array.of(1, Infinity), 2, 1)).toThrow("got Infinity in row 1");
    expect(() => svd(new Float64Array(5), 2, 3)).toThrow("2×3 values, got 5");
    expect(() => svd(new Float64Array(0), 0, 3)).toThrow("at least 1×1, got 0×3");
  });
});
