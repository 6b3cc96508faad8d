import { RandomStream } from "../../src/tensor/random";

/** Test matrices with known kinds of spectra, rounded to float32; the float64 copy holds the rounded values. */
export const spectrumKinds = [
  "wishart",
  "power",
  "power-law",
  "clusters",
  "rank-quarter",
  "activations",
  "indefinite",
  "identity",
  "zero",
] as const;
export type SpectrumKind = (typeof spectrumKinds)[number];

/** n×n matrix QΛQᵀ with random orthogonal Q; rows orthonormal by twice Gram and Schmidt. */
export function orthonormalRows(count: number, n: number, seed: number): Float64Array {
  const random = new RandomStream(seed);
  const Q = Float64Array.from({ length: count * n }, () => random.normal());
  for (let i = 0; i < count; i++) {
    const row = Q.subarray(i * n, (i + 1) * n);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = Q.subarray(j * n, (j + 1) * n);
        let inner = 0;
        for (let k = 0; k < n; k++) inner += row[k]! * other[k]!;
        for (let k = 0; k < n; k++) row[k]! -= inner * other[k]!;
      }
      const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
      for (let k = 0; k < n; k++) row[k]! /= length;
    }
  }
  return Q;
}

function fromRows(
  rows: Float64Array,
  weights: (row: number) => number,
  count: number,
  n: number,
): Float64Array {
  const A = new Float64Array(n * n);
  for (let r = 0; r < count; r++) {
    const weight = weights(r);
    for (let i = 0; i < n; i++) {
      const scaled = weight * rows[r * n + i]!;
      for (let j = 0; j <= i; j++) A[i * n + j]! += scaled * rows[r * n + j]!;
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) A[j * n + i] = A[i * n + j]!;
  return A;
}

function exact(kind: SpectrumKind, n: number, seed: number): Float64Array {
  const withSpectrum = (value: (i: number) => number) => fromRows(orthonormalRows(n, n, seed), value, n, n);
  const random = new RandomStream(seed);
  switch (kind) {
    case "wishart": {
      const X = Float64Array.from({ length: 2 * n * n }, () => random.normal());
      return fromRows(X, () => 1 / (2 * n), 2 * n, n);
    }
    case "power":
      return withSpectrum((i) => 10 ** ((-8 * i) / Math.max(1, n - 1)));
    case "power-law":
      return withSpectrum((i) => (i + 1) ** -1.5);
    case "clusters":
      return withSpectrum((i) => [1, 0.5, 0.1, 0.01][Math.floor((4 * i) / n)]!);
    case "rank-quarter":
      return withSpectrum((i) => (i < n / 4 ? 1 / (1 + i) : 0));
    case "activations": {
      // Channels of unlike scale, a few far larger, around a common mean, as a normalised network's activations.
      const scale = Float64Array.from(
        { length: n },
        (_, c) => (c % 29 === 3 ? 30 : 1) * Math.exp(random.normal() / 2),
      );
      const mean = Float64Array.from({ length: n }, () => random.normal());
      const X = Float64Array.from(
        { length: 3 * n * n },
        (_, i) => scale[i % n]! * (mean[i % n]! + random.normal()),
      );
      return fromRows(X, () => 1 / (3 * n), 3 * n, n);
    }
    case "indefinite":
      // One eigenvalue below 0 by more than the first shift of the factorisation, as rounding may leave it.
      return withSpectrum((i) => (i === n - 1 ? -1e-6 : (i + 1) ** -1.5));
    case "identity":
      return fromRows(new Float64Array(0), () => 0, 0, n).map((_, i) => (i % (n + 1) === 0 ? 1 : 0));
    case "zero":
      return new Float64Array(n * n);
  }
}

export interface TestMatrix {
  readonly float32: Float32Array<ArrayBuffer>;
  readonly float64: Float64Array;
}

export function testMatrix(kind: SpectrumKind, n: number, seed = 1): TestMatrix {
  const float32 = Float32Array.from(exact(kind, n, seed));
  return { float32, float64: Float64Array.from(float32) };
}
