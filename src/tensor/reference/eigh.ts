import { implicitQlSteps } from "./implicit-ql";
import type { Floats } from "./packed-product";
import { asPart, runToEnd, type Steps } from "./steps";
import { formQTransposedSteps, tridiagonalizeSteps } from "./tridiagonalize";

/** A = UᵀΛU. */
export interface Eigendecomposition {
  readonly size: number;
  /** Descending. */
  readonly values: Float64Array<ArrayBuffer>;
  /** [size, size]; row i belongs to values[i]. */
  readonly vectors: Float64Array<ArrayBuffer>;
}

/** Differences of mirrored elements above this share of the largest one are no rounding. */
const ASYMMETRY_LIMIT = 1e-4;

/** Eigendecomposition of a symmetric matrix in float64: Householder reduction, then implicit QL. */
export function eigh(matrix: Floats, size: number): Eigendecomposition {
  return runToEnd(eighSteps(matrix, size));
}

export function* eighSteps(matrix: Floats, size: number): Steps<Eigendecomposition> {
  const { lower, scale } = scaledLowerTriangle(matrix, size);
  const tridiagonal = yield* asPart(tridiagonalizeSteps(lower, size), 0, 0.35);
  const rows = yield* asPart(formQTransposedSteps(tridiagonal), 0.35, 0.55);
  const unordered = yield* asPart(implicitQlSteps(tridiagonal, rows), 0.55, 1);

  const order = Uint32Array.from({ length: size }, (_, i) => i);
  order.sort((a, b) => (unordered[b] ?? 0) - (unordered[a] ?? 0));
  const values = new Float64Array(size);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    values[to] = (unordered[from] ?? 0) * scale;
    vectors.set(rows.subarray(from * size, (from + 1) * size), to * size);
  });
  return { size, values, vectors };
}

/** The lower triangle, symmetrized, divided by a power of two near the largest value, so that no square overflows. */
function scaledLowerTriangle(matrix: Floats, size: number): { lower: Float64Array; scale: number } {
  if (!Number.isInteger(size) || size < 1 || matrix.length !== size * size) {
    throw new RangeError(`eigh: expected a square matrix of ${size}×${size} values, got ${matrix.length}`);
  }
  let largest = 0;
  for (let k = 0; k < matrix.length; k++) {
    const magnitude = Math.abs(matrix[k] ?? 0);
    if (!(magnitude < Infinity)) {
      throw new RangeError(`eigh: expected finite values, got ${matrix[k]} in row ${Math.floor(k / size)}`);
    }
    if (magnitude > largest) largest = magnitude;
  }
  const scale = largest === 0 ? 1 : 2 ** Math.max(-1022, Math.floor(Math.log2(largest)));
  const lower = new Float64Array(size * size);
  let asymmetry = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const below = (matrix[i * size + j] ?? 0) / scale;
      const above = (matrix[j * size + i] ?? 0) / scale;
      asymmetry = Math.max(asymmetry, Math.abs(below - above));
      lower[i * size + j] = 0.5 * (below + above);
    }
  }
  if (asymmetry * scale > ASYMMETRY_LIMIT * largest) {
    throw new RangeError(
      `eigh: expected a symmetric matrix, got mirrored elements that differ by ${asymmetry * scale}`,
    );
  }
  return { lower, scale };
}
