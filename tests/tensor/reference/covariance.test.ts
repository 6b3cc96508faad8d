import { describe, expect, test } from "vitest";
import { addCovariance } from "../../../src/tensor/reference/covariance";
import { largestDifference, product, randomMatrix, transposed } from "../../support/matrices";

describe("addCovariance", () => {
  test.each([
    [1, 1],
    [300, 7],
    [40, 67],
    [513, 130],
  ])("%i samples of size %i give XᵀX, symmetric to the last bit", (rows, size) => {
    const x = randomMatrix(rows, size, 1);
    const sums = new Float64Array(size * size);
    addCovariance(x, { rows, size }, sums);
    expect(largestDifference(sums, product(transposed(x, rows, size), x, size, rows, size))).toBeLessThan(
      1e-11,
    );
    expect(transposed(sums, size, size)).toEqual(sums);
  });

  test("adds to what the sums hold, so that batches add up", () => {
    const x = Float32Array.from(randomMatrix(20, 5, 2));
    const whole = new Float64Array(25);
    addCovariance(x, { rows: 20, size: 5 }, whole);
    const batches = new Float64Array(25);
    addCovariance(x.subarray(0, 60), { rows: 12, size: 5 }, batches);
    addCovariance(x, { rows: 8, size: 5, offset: 60 }, batches);
    expect(largestDifference(batches, whole)).toBeLessThan(1e-13);
  });

  test("a row stride and an offset read one token of every image", () => {
    const [images, tokens, size, token] = [6, 4, 3, 2];
    const x = randomMatrix(images * tokens, size, 3);
    const strided = new Float64Array(size * size);
    addCovariance(x, { rows: images, size, rowStride: tokens * size, offset: token * size }, strided);
    const picked = Float64Array.from({ length: images * size }, (_, k) => {
      const image = Math.floor(k / size);
      return x[(image * tokens + token) * size + (k % size)]!;
    });
    const expected = new Float64Array(size * size);
    addCovariance(picked, { rows: images, size }, expected);
    expect(strided).toEqual(expected);
  });

  test("no samples change nothing; too few values and sums of the wrong size are errors", () => {
    const sums = Float64Array.of(1, 2, 2, 3);
    addCovariance(new Float32Array(0), { rows: 0, size: 2 }, sums);
    expect([...sums]).toEqual([1, 2, 2, 3]);
    expect(() => addCovariance(new Float32Array(5), { rows: 3, size: 2 }, sums)).toThrow(
      "at least 6 sample values, got 5",
    );
    expect(() => addCovariance(new Float32Array(6), { rows: 2, size: 3 }, sums)).toThrow("3×3 values, got 4");
  });
});
