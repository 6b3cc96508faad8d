import { matmul } from "./matmul";
import type { Floats } from "./packed-product";
import type { SingularDecomposition } from "./svd";

/** W [outputs, inputs] and the eigenvectors of A and G as rows. */
export interface EigenbasisWeights {
  readonly weights: Floats;
  readonly outputs: number;
  readonly inputs: number;
  readonly UA: Floats;
  readonly UG: Floats;
}

/** C = U_G W U_Aᵀ without what lies outside the boundary (C[j, i] with j ≥ boundary[i]), taken back: U_Gᵀ C U_A. */
export function keepInEigenbasis(
  { weights, outputs, inputs, UA, UG }: EigenbasisWeights,
  boundary: Uint32Array,
): Float64Array<ArrayBuffer> {
  // Only the leading directions that occur are multiplied out.
  const columns = boundary.findLastIndex((j) => j > 0) + 1;
  const rows = boundary.reduce((most, j) => Math.max(most, j), 0);
  const left = matmul(
    UG,
    weights,
    { rows, inner: outputs, columns: inputs },
    new Float64Array(rows * inputs),
  );
  const back = { rows, inner: inputs, columns, transposeB: true };
  const C = matmul(left, UA, back, new Float64Array(rows * columns));
  for (let i = 0; i < columns; i++) {
    for (let j = boundary[i] ?? 0; j < rows; j++) C[j * columns + i] = 0;
  }
  const half = matmul(C, UA, { rows, inner: columns, columns: inputs }, new Float64Array(rows * inputs));
  const whole = { rows: outputs, inner: rows, columns: inputs, transposeA: true };
  return matmul(UG, half, whole, new Float64Array(outputs * inputs));
}

/** Σ σₖuₖvₖᵀ over the `rank` largest singular values. */
export function truncatedProduct(
  { rows, columns, values, left, right }: SingularDecomposition,
  rank: number,
): Float64Array<ArrayBuffer> {
  const scaled = right.slice(0, rank * columns);
  for (let k = 0; k < scaled.length; k++)
    scaled[k] = (scaled[k] ?? 0) * (values[Math.floor(k / columns)] ?? 0);
  return matmul(
    left,
    scaled,
    { rows, inner: rank, columns, transposeA: true },
    new Float64Array(rows * columns),
  );
}
