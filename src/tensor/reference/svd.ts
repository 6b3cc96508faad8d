import { eighSteps } from "./eigh";
import { matmulSteps } from "./matmul";
import { completeOrthonormalSteps, dot, orthogonalizeRowsSteps } from "./orthogonal-rows";
import type { Floats } from "./packed-product";
import { asPart, runToEnd, type Steps } from "./steps";

/** W [rows, columns] = Σ_k values[k]·left[k]ᵀ·right[k], k < min(rows, columns). */
export interface SingularDecomposition {
  readonly rows: number;
  readonly columns: number;
  /** Descending. */
  readonly values: Float64Array<ArrayBuffer>;
  /** [min, rows]; row k belongs to values[k]. */
  readonly left: Float64Array<ArrayBuffer>;
  /** [min, columns]; row k belongs to values[k]. */
  readonly right: Float64Array<ArrayBuffer>;
}

/**
 * Singular value decomposition in float64. The eigenvectors of WWᵀ make the rows of UW orthogonal up to the square of
 * the condition number; one-sided Jacobi takes away that error, so that small singular values are accurate too.
 */
export function svd(matrix: Floats, rows: number, columns: number): SingularDecomposition {
  return runToEnd(svdSteps(matrix, rows, columns));
}

export function* svdSteps(matrix: Floats, rows: number, columns: number): Steps<SingularDecomposition> {
  const scale = checkedScale(matrix, rows, columns);
  const turned = rows > columns;
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const wide = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      wide[turned ? j * rows + i : i * columns + j] = (matrix[i * columns + j] ?? 0) / scale;
    }
  }
  const gram = new Float64Array(count * count);
  const gramShape = { rows: count, inner: length, columns: count, transposeB: true };
  yield* asPart(matmulSteps(wide, wide, gramShape, gram), 0, 0.1);
  const { vectors } = yield* asPart(eighSteps(gram, count), 0.1, 0.45);
  const rotated = new Float64Array(count * length);
  yield* asPart(
    matmulSteps(vectors, wide, { rows: count, inner: count, columns: length }, rotated),
    0.45,
    0.55,
  );
  // The first row is the longest. What is shorter than the rounding of these products has no direction of its own.
  const first = rotated.subarray(0, length);
  const negligible = Math.sqrt(dot(first, first)) * count * 2 ** -52;
  const target = { rows: rotated, count, length, rotations: vectors };
  yield* asPart(orthogonalizeRowsSteps(target, negligible), 0.55, 0.95);
  const sorted = sortedByNorm(rotated, vectors, count, length);
  const known = sorted.norms.findLastIndex((norm) => norm > negligible) + 1;
  for (let k = 0; k < known; k++) {
    const norm = sorted.norms[k] ?? 1;
    for (let c = k * length; c < (k + 1) * length; c++) sorted.long[c] = (sorted.long[c] ?? 0) / norm;
  }
  yield* asPart(completeOrthonormalSteps(sorted.long, known, count, length), 0.95, 1);
  const values = sorted.norms.map((norm) => norm * scale);
  return turned
    ? { rows, columns, values, left: sorted.long, right: sorted.short }
    : { rows, columns, values, left: sorted.short, right: sorted.long };
}

function sortedByNorm(long: Float64Array, short: Float64Array, count: number, length: number) {
  const unsorted = Float64Array.from({ length: count }, (_, k) => {
    const row = long.subarray(k * length, (k + 1) * length);
    return Math.sqrt(dot(row, row));
  });
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  order.sort((a, b) => (unsorted[b] ?? 0) - (unsorted[a] ?? 0));
  const sorted = {
    norms: Float64Array.from(order, (from) => unsorted[from] ?? 0),
    long: new Float64Array(count * length),
    short: new Float64Array(count * count),
  };
  order.forEach((from, to) => {
    sorted.long.set(long.subarray(from * length, (from + 1) * length), to * length);
    sorted.short.set(short.subarray(from * count, (from + 1) * count), to * count);
  });
  return sorted;
}

/** A power of two near the largest value: dividing by it is exact and keeps squares from overflowing. */
function checkedScale(matrix: Floats, rows: number, columns: number): number {
  if (!Number.isInteger(rows) || !Number.isInteger(columns) || rows < 1 || columns < 1) {
    throw new RangeError(`svd: expected a matrix of at least 1×1, got ${rows}×${columns}`);
  }
  if (matrix.length !== rows * columns) {
    throw new RangeError(`svd: expected ${rows}×${columns} values, got ${matrix.length}`);
  }
  let largest = 0;
  for (let k = 0; k < matrix.length; k++) {
    const magnitude = Math.abs(matrix[k] ?? 0);
    if (!(magnitude < Infinity)) {
      throw new RangeError(`svd: expected finite values, got ${matrix[k]} in row ${Math.floor(k / columns)}`);
    }
    largest = Math.max(largest, magnitude);
  }
  return largest === 0 ? 1 : 2 ** Math.max(-1022, Math.floor(Math.log2(largest)));
}
