/** Plain float64 matrices for tests: made by definition, compared by definition, nothing fast. */
import { RandomStream } from "../../src/tensor/random";

type Values = ArrayLike<number>;

export function randomMatrix(rows: number, columns: number, seed: number): Float64Array<ArrayBuffer> {
  const random = new RandomStream(seed);
  return Float64Array.from({ length: rows * columns }, () => random.normal());
}

/** [rows, inner] · [inner, columns] by the definition. */
export function product(
  a: Values,
  b: Values,
  rows: number,
  inner: number,
  columns: number,
): Float64Array<ArrayBuffer> {
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[k * columns + j]!;
      result[i * columns + j] = sum;
    }
  }
  return result;
}

export function transposed(a: Values, rows: number, columns: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(
    { length: rows * columns },
    (_, k) => a[(k % rows) * columns + Math.floor(k / rows)]!,
  );
}

/** [size, size] with orthonormal rows: Gram-Schmidt, twice, on random rows. */
export function randomOrthogonal(size: number, seed: number): Float64Array<ArrayBuffer> {
  const rows = randomMatrix(size, size, seed);
  for (let i = 0; i < size; i++) {
    const row = rows.subarray(i * size, (i + 1) * size);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < i; other++) {
        let share = 0;
        for (let k = 0; k < size; k++) share += row[k]! * rows[other * size + k]!;
        for (let k = 0; k < size; k++) row[k]! -= share * rows[other * size + k]!;
      }
      const norm = Math.hypot(...row);
      for (let k = 0; k < size; k++) row[k]! /= norm;
    }
  }
  return rows;
}

/** UᵀΛU. */
export function symmetricFrom(values: Values, vectors: Values): Float64Array<ArrayBuffer> {
  const n = values.length;
  const scaled = Float64Array.from(vectors, (x, k) => x * values[Math.floor(k / n)]!);
  return product(transposed(vectors, n, n), scaled, n, n, n);
}

/** Largest |rowᵢ·rowⱼ − δᵢⱼ|. */
export function orthonormalityError(rows: Values, count: number, length: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += rows[i * length + k]! * rows[j * length + k]!;
      largest = worse(largest, Math.abs(sum - (i === j ? 1 : 0)));
    }
  }
  return largest;
}

/** Largest |a − b|; NaN and a difference in length count as Infinity. */
export function largestDifference(a: Values, b: Values): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let k = 0; k < a.length; k++) largest = worse(largest, Math.abs(a[k]! - b[k]!));
  return largest;
}

/** ‖a − b‖ / ‖b‖; NaN and a difference in length count as Infinity. */
export function relativeDistance(a: Values, b: Values): number {
  if (a.length !== b.length) return Infinity;
  let difference = 0;
  let norm = 0;
  for (let k = 0; k < a.length; k++) {
    difference += (a[k]! - b[k]!) ** 2;
    norm += b[k]! ** 2;
  }
  return Number.isNaN(difference) ? Infinity : Math.sqrt(difference / norm);
}

function worse(largest: number, candidate: number): number {
  return Number.isNaN(candidate) ? Infinity : Math.max(largest, candidate);
}
