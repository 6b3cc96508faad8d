import { matmulSteps } from "./matmul";
import { asPart, type Steps } from "./steps";

const EPSILON = 2 ** -52;
const MAXIMUM_SWEEPS = 40;

/** Rows of B [count, length] and of U [count, count]: every rotation is applied to both. */
export interface RotatedRows {
  readonly rows: Float64Array;
  readonly count: number;
  readonly length: number;
  readonly rotations: Float64Array;
}

/**
 * One-sided Jacobi: rotates pairs of rows until all are orthogonal. Each sweep takes its cosines from one matrix
 * product and visits only the pairs that need it, which are few when the rows come nearly orthogonal.
 * Rows up to `negligible` long are rounding and stay as they are.
 */
export function* orthogonalizeRowsSteps(target: RotatedRows, negligible: number): Steps<void> {
  const { rows, count, length } = target;
  const tolerance = 4 * EPSILON * Math.sqrt(length);
  const gram = new Float64Array(count * count);
  const shape = { rows: count, inner: length, columns: count, transposeB: true };
  for (let sweep = 0; sweep < MAXIMUM_SWEEPS; sweep++) {
    const before = 1 - 0.5 ** sweep;
    yield* asPart(matmulSteps(rows, rows, shape, gram), before, before + 0.5 ** (sweep + 2));
    let rotated = 0;
    for (let p = 0; p < count; p++) {
      for (let q = p + 1; q < count; q++) {
        const lengths = Math.sqrt((gram[p * count + p] ?? 0) * (gram[q * count + q] ?? 0));
        const shorter = Math.min(gram[p * count + p] ?? 0, gram[q * count + q] ?? 0);
        if (shorter <= negligible * negligible || Math.abs(gram[p * count + q] ?? 0) <= tolerance * lengths)
          continue;
        rotatePair(target, p, q);
        rotated++;
      }
      yield before + 0.5 ** (sweep + 2) * (1 + p / count);
    }
    if (rotated === 0) return;
  }
  throw new Error(`svd: ${count}×${length} rows are not orthogonal after ${MAXIMUM_SWEEPS} sweeps`);
}

/** The rotation by the smaller angle that makes rows p and q orthogonal. */
function rotatePair({ rows, count, length, rotations }: RotatedRows, p: number, q: number): void {
  const x = rows.subarray(p * length, (p + 1) * length);
  const y = rows.subarray(q * length, (q + 1) * length);
  const xy = dot(x, y);
  if (xy === 0) return;
  const ratio = (dot(y, y) - dot(x, x)) / (2 * xy);
  const tangent = 1 / (Math.abs(ratio) + Math.hypot(1, ratio));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * (ratio < 0 ? -tangent : tangent);
  rotate(x, y, cosine, sine);
  rotate(
    rotations.subarray(p * count, (p + 1) * count),
    rotations.subarray(q * count, (q + 1) * count),
    cosine,
    sine,
  );
}

function rotate(x: Float64Array, y: Float64Array, cosine: number, sine: number): void {
  for (let k = 0; k < x.length; k++) {
    const xk = x[k] ?? 0;
    const yk = y[k] ?? 0;
    x[k] = cosine * xk - sine * yk;
    y[k] = sine * xk + cosine * yk;
  }
}

/** Four sums at once, since one alone waits for its own last addition. */
export function dot(x: Float64Array, y: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = x.length - (x.length % 4);
  for (let k = 0; k < whole; k += 4) {
    s0 += (x[k] ?? 0) * (y[k] ?? 0);
    s1 += (x[k + 1] ?? 0) * (y[k + 1] ?? 0);
    s2 += (x[k + 2] ?? 0) * (y[k + 2] ?? 0);
    s3 += (x[k + 3] ?? 0) * (y[k + 3] ?? 0);
  }
  for (let k = whole; k < x.length; k++) s0 += (x[k] ?? 0) * (y[k] ?? 0);
  return s0 + s1 + (s2 + s3);
}

/**
 * Replaces rows first..count by unit vectors orthogonal to all rows before them; what a row holds already is the first
 * candidate, coordinate vectors the next. Rows before `first` must be orthonormal, and count ≤ length.
 */
export function* completeOrthonormalSteps(
  rows: Float64Array,
  first: number,
  count: number,
  length: number,
): Steps<void> {
  let coordinate = 0;
  for (let r = first; r < count; r++) {
    const row = rows.subarray(r * length, (r + 1) * length);
    while (!orthonormalizeAgainst(rows, row, r, length)) {
      row.fill(0);
      row[coordinate++ % length] = 1;
    }
    yield (r + 1 - first) / (count - first);
  }
}

/** Gram-Schmidt, repeated until a pass removes little; false if the row lies in the span of the others. */
function orthonormalizeAgainst(
  rows: Float64Array,
  row: Float64Array,
  others: number,
  length: number,
): boolean {
  for (let pass = 0; pass < 4; pass++) {
    const before = Math.sqrt(dot(row, row));
    if (!(before > 1e-140)) return false;
    for (let k = 0; k < length; k++) row[k] = (row[k] ?? 0) / before;
    for (let other = 0; other < others; other++) {
      const basis = rows.subarray(other * length, (other + 1) * length);
      const share = dot(basis, row);
      for (let k = 0; k < length; k++) row[k] = (row[k] ?? 0) - share * (basis[k] ?? 0);
    }
    const left = Math.sqrt(dot(row, row));
    if (left < 1e-8) return false;
    if (left > 0.7) {
      for (let k = 0; k < length; k++) row[k] = (row[k] ?? 0) / left;
      return true;
    }
  }
  return false;
}
