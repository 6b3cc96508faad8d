/** What remains of a covariance's spectrum when rounding's negative eigenvalues are set to 0. */
export interface ClampedSpectrum {
  /** Not negative, in the order given. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly negative: number;
  /** Smallest eigenvalue before clamping. */
  readonly smallest: number;
  /** False if a negative eigenvalue is too large for the rounding of a float32 covariance. */
  readonly semidefinite: boolean;
}

/** Rounding of float32 sums makes eigenvalues wrong by about 2⁻²⁴ of the largest times √size. */
export function clampSpectrum(values: Float32Array | Float64Array): ClampedSpectrum {
  let smallest = Infinity;
  let largest = 0;
  let negative = 0;
  for (const value of values) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, Math.abs(value));
    if (value < 0) negative++;
  }
  const tolerance = 2 ** -24 * 4 * Math.sqrt(values.length) * largest;
  const clamped = Float32Array.from(values, (value) => (value > 0 ? value : 0));
  return { values: clamped, negative, smallest, semidefinite: smallest >= -tolerance };
}
