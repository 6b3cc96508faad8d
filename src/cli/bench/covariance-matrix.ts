import { uniformAt } from "../../tensor/random";

/**
 * A dense covariance with a decaying spectrum, as activations have: XᵀX / rows with x[r, i] uniform and scaled by
 * i^(−1/2), over twice as many rows as columns. The same in Node and in the page.
 */
export function covarianceMatrix(size: number): Float32Array<ArrayBuffer> {
  const rows = 2 * size;
  const scale = Float64Array.from({ length: size }, (_, i) => (i + 1) ** -0.5);
  const x = Float64Array.from(
    { length: rows * size },
    (_, at) => (uniformAt(7, at) - 0.5) * (scale[at % size] ?? 0),
  );
  const sum = new Float64Array(size * size);
  for (let row = 0; row < rows; row++) {
    const values = x.subarray(row * size, (row + 1) * size);
    for (const [i, left] of values.entries()) {
      for (const [j, right] of values.entries()) sum[i * size + j] = (sum[i * size + j] ?? 0) + left * right;
    }
  }
  return Float32Array.from(sum, (value) => value / rows);
}
