import { describe, expect, test } from "vitest";
import { matmul } from "../../../src/tensor/reference/matmul";
import { largestDifference, product, randomMatrix, transposed } from "../../support/matrices";

const sizes = [
  [1, 1, 1],
  [5, 7, 2],
  [66, 3, 65],
  [3, 300, 4],
  [70, 517, 10],
  [2, 0, 3],
] as const;

describe.each([
  [false, false],
  [true, false],
  [false, true],
  [true, true],
])("transposeA %s, transposeB %s", (transposeA, transposeB) => {
  test.each(sizes)("%i×%i×%i equals the sum of products", (rows, inner, columns) => {
    const a = randomMatrix(rows, inner, 1);
    const b = randomMatrix(inner, columns, 2);
    const storedA = transposeA ? transposed(a, rows, inner) : a;
    const storedB = transposeB ? transposed(b, inner, columns) : b;
    const shape = { rows, inner, columns, transposeA, transposeB };
    const out = new Float64Array(rows * columns).fill(NaN);
    expect(
      largestDifference(matmul(storedA, storedB, shape, out), product(a, b, rows, inner, columns)),
    ).toBeLessThan(1e-12);
  });
});

test("float32 operands are multiplied exactly and the result is rounded once", () => {
  const a = Float32Array.from(randomMatrix(9, 700, 3));
  const b = Float32Array.from(randomMatrix(700, 9, 4));
  const shape = { rows: 9, inner: 700, columns: 9 };
  const wide = matmul(a, b, shape, new Float64Array(81));
  expect(matmul(a, b, shape, new Float32Array(81))).toEqual(Float32Array.from(wide));
});

test("leading rows of longer operands are multiplied without the rest", () => {
  const a = randomMatrix(6, 4, 5);
  const b = randomMatrix(4, 3, 6);
  const out = matmul(a, b, { rows: 2, inner: 4, columns: 3 }, new Float64Array(6));
  expect(largestDifference(out, product(a, b, 6, 4, 3).subarray(0, 6))).toBeLessThan(1e-14);
});

test("an operand that is too short is named", () => {
  const shape = { rows: 2, inner: 2, columns: 2 };
  expect(() => matmul(new Float32Array(4), new Float32Array(3), shape, new Float32Array(4))).toThrow(
    "matmul: expected at least 4 values in B, got 3",
  );
});
