import type { Steps } from "./steps";

/** A = QTQᵀ with T tridiagonal; Q is the product of Householder reflections H_i = I − β_i v_i v_iᵀ. */
export interface Tridiagonal {
  readonly size: number;
  /** Diagonal of T. */
  readonly diagonal: Float64Array;
  /** offDiagonal[i] = T[i, i−1]; offDiagonal[0] is 0. */
  readonly offDiagonal: Float64Array;
  /** Row i holds v_i in its first i places. */
  readonly reflectors: Float64Array;
  readonly beta: Float64Array;
}

/** Squares below this are no longer exact enough to reflect by; the matrix is scaled to a largest value near 1. */
const NEGLIGIBLE = 1e-280;

/**
 * Householder reduction from the last row upward, reading and overwriting the lower triangle of `matrix`.
 * The update by one reflection, A −= vwᵀ + wvᵀ, and the product with the next vector share one pass over memory.
 */
export function* tridiagonalizeSteps(matrix: Float64Array, size: number): Steps<Tridiagonal> {
  const n = size;
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const beta = new Float64Array(n);
  let v = new Float64Array(n);
  let next = new Float64Array(n);
  const w = new Float64Array(n);
  const product = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    // Here rows 0..i lack the update by (v, w) of the previous row; row i gets it first, since it makes the next vector.
    const row = i * n;
    const vi = v[i] ?? 0;
    const wi = w[i] ?? 0;
    for (let k = 0; k <= i; k++) {
      matrix[row + k] = (matrix[row + k] ?? 0) - vi * (w[k] ?? 0) - wi * (v[k] ?? 0);
    }
    diagonal[i] = matrix[row + i] ?? 0;
    if (i === 0) break;
    const b = makeReflector(matrix, row, i, offDiagonal);
    beta[i] = b;
    for (let k = 0; k < i; k++) next[k] = b === 0 ? 0 : (matrix[row + k] ?? 0);
    updateAndMultiply(matrix, n, i, v, w, next, product);
    // w = p − (β/2)(vᵀp)v with p = βAv.
    let dot = 0;
    for (let k = 0; k < i; k++) dot += (next[k] ?? 0) * (product[k] ?? 0);
    const half = 0.5 * b * b * dot;
    for (let k = 0; k < i; k++) w[k] = b * (product[k] ?? 0) - half * (next[k] ?? 0);
    [v, next] = [next, v];
    yield 1 - (i / n) ** 3;
  }
  return { size, diagonal, offDiagonal, reflectors: matrix, beta };
}

/** Turns the first i values of a row into v such that Hx = (0, …, 0, offDiagonal[i]); returns β, 0 if H is I. */
function makeReflector(matrix: Float64Array, row: number, i: number, offDiagonal: Float64Array): number {
  const last = matrix[row + i - 1] ?? 0;
  let rest = 0;
  for (let k = 0; k < i - 1; k++) rest += (matrix[row + k] ?? 0) ** 2;
  if (rest <= NEGLIGIBLE) {
    offDiagonal[i] = last;
    return 0;
  }
  const norm = last < 0 ? -Math.sqrt(last * last + rest) : Math.sqrt(last * last + rest);
  offDiagonal[i] = -norm;
  matrix[row + i - 1] = last + norm;
  return 2 / (rest + (last + norm) ** 2);
}

/** A −= vwᵀ + wvᵀ on the lower triangle of the leading count×count block, then product = A·next. Two rows at a time. */
function updateAndMultiply(
  matrix: Float64Array,
  stride: number,
  count: number,
  v: Float64Array,
  w: Float64Array,
  next: Float64Array,
  product: Float64Array,
): void {
  product.fill(0, 0, count);
  let r = 0;
  for (; r + 1 < count; r += 2) {
    const upper = r * stride;
    const lower = upper + stride;
    const vr = v[r] ?? 0;
    const wr = w[r] ?? 0;
    const nr = next[r] ?? 0;
    const vs = v[r + 1] ?? 0;
    const ws = w[r + 1] ?? 0;
    const ns = next[r + 1] ?? 0;
    let sumR = 0;
    let sumS = 0;
    for (let k = 0; k < r; k++) {
      const vk = v[k] ?? 0;
      const wk = w[k] ?? 0;
      const nk = next[k] ?? 0;
      const x = (matrix[upper + k] ?? 0) - vr * wk - wr * vk;
      const y = (matrix[lower + k] ?? 0) - vs * wk - ws * vk;
      matrix[upper + k] = x;
      matrix[lower + k] = y;
      sumR += x * nk;
      sumS += y * nk;
      product[k] = (product[k] ?? 0) + x * nr + y * ns;
    }
    // The 2×2 corner: its own diagonal, and the element between the two rows, which counts for both.
    const corner = (matrix[upper + r] ?? 0) - 2 * vr * wr;
    const between = (matrix[lower + r] ?? 0) - vs * wr - ws * vr;
    const end = (matrix[lower + r + 1] ?? 0) - 2 * vs * ws;
    matrix[upper + r] = corner;
    matrix[lower + r] = between;
    matrix[lower + r + 1] = end;
    product[r] = sumR + corner * nr + between * ns;
    product[r + 1] = sumS + between * nr + end * ns;
  }
  if (r < count) {
    const row = r * stride;
    const vr = v[r] ?? 0;
    const wr = w[r] ?? 0;
    const nr = next[r] ?? 0;
    let sum = 0;
    for (let k = 0; k < r; k++) {
      const x = (matrix[row + k] ?? 0) - vr * (w[k] ?? 0) - wr * (v[k] ?? 0);
      matrix[row + k] = x;
      sum += x * (next[k] ?? 0);
      product[k] = (product[k] ?? 0) + x * nr;
    }
    const corner = (matrix[row + r] ?? 0) - 2 * vr * wr;
    matrix[row + r] = corner;
    product[r] = sum + corner * nr;
  }
}

/** Qᵀ = H₁H₂⋯H₍ₙ₋₁₎, row-major. H_i touches the first i columns only, so the product grows row by row. */
export function* formQTransposedSteps({ size, reflectors, beta }: Tridiagonal): Steps<Float64Array> {
  const n = size;
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  for (let i = 1; i < n; i++) {
    const b = beta[i] ?? 0;
    if (b !== 0) {
      const v = reflectors.subarray(i * n, i * n + i);
      let r = 0;
      for (; r + 3 < i; r += 4) reflectFourRows(rows, r * n, n, v, b);
      for (; r < i; r++) reflectRow(rows, r * n, v, b);
    }
    yield (i / n) ** 3;
  }
  return rows;
}

function reflectRow(rows: Float64Array, row: number, v: Float64Array, beta: number): void {
  let dot = 0;
  for (let k = 0; k < v.length; k++) dot += (rows[row + k] ?? 0) * (v[k] ?? 0);
  const factor = beta * dot;
  for (let k = 0; k < v.length; k++) rows[row + k] = (rows[row + k] ?? 0) - factor * (v[k] ?? 0);
}

function reflectFourRows(
  rows: Float64Array,
  row: number,
  stride: number,
  v: Float64Array,
  beta: number,
): void {
  const length = v.length;
  const row1 = row + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  let dot0 = 0;
  let dot1 = 0;
  let dot2 = 0;
  let dot3 = 0;
  for (let k = 0; k < length; k++) {
    const vk = v[k] ?? 0;
    dot0 += (rows[row + k] ?? 0) * vk;
    dot1 += (rows[row1 + k] ?? 0) * vk;
    dot2 += (rows[row2 + k] ?? 0) * vk;
    dot3 += (rows[row3 + k] ?? 0) * vk;
  }
  dot0 *= beta;
  dot1 *= beta;
  dot2 *= beta;
  dot3 *= beta;
  for (let k = 0; k < length; k++) {
    const vk = v[k] ?? 0;
    rows[row + k] = (rows[row + k] ?? 0) - dot0 * vk;
    rows[row1 + k] = (rows[row1 + k] ?? 0) - dot1 * vk;
    rows[row2 + k] = (rows[row2 + k] ?? 0) - dot2 * vk;
    rows[row3 + k] = (rows[row3 + k] ?? 0) - dot3 * vk;
  }
}
