import { describe, expect, test } from "vitest";
import { eigh } from "../../../src/tensor/reference/eigh";
import {
  largestDifference,
  orthonormalityError,
  product,
  randomMatrix,
  randomOrthogonal,
  symmetricFrom,
  transposed,
} from "../../support/matrices";

function descending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort().reverse();
}

const size = 60;
const spectra: Record<string, Float64Array> = {
  "evenly spread": Float64Array.from({ length: size }, (_, i) => 1 - i / size),
  "a power law over eight decades": Float64Array.from({ length: size }, (_, i) => 10 ** ((-8 * i) / size)),
  "three clusters": Float64Array.from(
    { length: size },
    (_, i) => [1, 0.5, 0.1][Math.floor(i / 20)]! + 1e-13 * i,
  ),
  "all equal": new Float64Array(size).fill(0.3),
  "rank 7": Float64Array.from({ length: size }, (_, i) => (i < 7 ? 1 / (i + 1) : 0)),
  "both signs": Float64Array.from({ length: size }, (_, i) => Math.cos(i)),
  "one giant": Float64Array.from({ length: size }, (_, i) => (i === 0 ? 1 : 1e-9 * i)),
};

describe.each(Object.entries(spectra))("eigh of a spectrum with %s", (_, spectrum) => {
  const matrix = symmetricFrom(spectrum, randomOrthogonal(size, 11));
  const { values, vectors } = eigh(matrix, size);

  test("finds the eigenvalues it was made of, descending, within 1e-14 of the largest", () => {
    expect(largestDifference(values, descending(spectrum))).toBeLessThan(1e-14);
    expect([...values]).toEqual([...descending(values)]);
  });

  test("gives orthonormal rows that reconstruct the matrix", () => {
    expect(orthonormalityError(vectors, size, size)).toBeLessThan(2e-14);
    expect(largestDifference(symmetricFrom(values, vectors), matrix)).toBeLessThan(1e-14);
  });
});

describe("eigh", () => {
  test.each([1, 2, 3, 4, 5, 8, 33, 130])("reconstructs a random covariance of size %i", (n) => {
    const x = randomMatrix(n + 3, n, n);
    const matrix = product(transposed(x, n + 3, n), x, n, n + 3, n);
    const { values, vectors } = eigh(matrix, n);
    const limit = 2e-14 * values[0]!;
    expect(largestDifference(symmetricFrom(values, vectors), matrix)).toBeLessThan(limit);
    expect(orthonormalityError(vectors, n, n)).toBeLessThan(2e-14);
  });

  test.each([7, 64, 201])("meets the closed form of the second difference matrix of size %i", (n) => {
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = -1;
    }
    const expected = Float64Array.from(
      { length: n },
      (_, k) => 2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)),
    );
    expect(largestDifference(eigh(matrix, n).values, expected)).toBeLessThan(1e-13);
  });

  test.each([1e-300, 1e-30, 1e300])("works for matrices of scale %s", (scale) => {
    const { values } = eigh(Float64Array.of(2 * scale, scale, scale, 2 * scale), 2);
    expect(values[0]! / scale).toBeCloseTo(3, 12);
    expect(values[1]! / scale).toBeCloseTo(1, 12);
  });

  test("of zeros and of a diagonal needs no rotation", () => {
    expect([...eigh(new Float32Array(9), 3).values]).toEqual([0, 0, 0]);
    const { values, vectors } = eigh(Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, -2), 3);
    expect([...values]).toEqual([5, 1, -2]);
    expect([...vectors].map(Math.abs)).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 1]);
  });

  test("leaves its input alone", () => {
    const matrix = Float32Array.of(2, 1, 1, 2);
    eigh(matrix, 2);
    expect([...matrix]).toEqual([2, 1, 1, 2]);
  });

  test("refuses NaN, Infinity, asymmetry, a wrong size and size 0", () => {
    expect(() => eigh(Float64Array.of(1, NaN, NaN, 1), 2)).toThrow(
      "expected finite values, got NaN in row 0",
    );
    expect(() => eigh(Float64Array.of(1, 0, 0, Infinity), 2)).toThrow("got Infinity in row 1");
    expect(() => eigh(Float64Array.of(1, 0.5, 0.4, 1), 2)).toThrow("expected a symmetric matrix");
    expect(() => eigh(new Float64Array(6), 2)).toThrow("2×2 values, got 6");
    expect(() => eigh(new Float64Array(0), 0)).toThrow("eigh: expected a square matrix");
  });
});
