import { RotationQueue } from "./rotation-queue";
import type { Steps } from "./steps";
import type { Tridiagonal } from "./tridiagonalize";

const EPSILON = 2 ** -52;
/** An eigenvalue that sweeps do not settle; the message tells which. */
export class ConvergenceError extends Error {
  override readonly name = "ConvergenceError";
}

/** About 1.7 sweeps per eigenvalue are usual. */
const SWEEPS_PER_VALUE = 60;

/**
 * Eigenvalues of a tridiagonal matrix by implicit QL sweeps with Wilkinson's shift, unordered. `rows` is overwritten
 * with ZᵀR, Z being the eigenvectors of T as columns.
 */
export function* implicitQlSteps(
  { size, diagonal, offDiagonal }: Pick<Tridiagonal, "size" | "diagonal" | "offDiagonal">,
  rows: Float64Array,
): Steps<Float64Array> {
  const n = size;
  const d = diagonal.slice();
  // e[i] stands between i and i + 1.
  const e = new Float64Array(n);
  for (let i = 1; i < n; i++) e[i - 1] = offDiagonal[i] ?? 0;
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i] ?? 0) + Math.abs(e[i] ?? 0));
  // Below this an element changes no eigenvalue by more than the reduction to T already did.
  const floor = norm * EPSILON * 0.0625;
  const queue = new RotationQueue(rows, n);
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      const m = firstSplit(d, e, l, n, floor);
      if (m === l) break;
      if (sweep === SWEEPS_PER_VALUE) {
        throw new ConvergenceError(`eigenvalue ${l} of ${n} in ${SWEEPS_PER_VALUE} sweeps`);
      }
      if (queue.full) yield* scaled(queue.flushSteps(), l / n);
      queue.beginSweep(m);
      qlSweep(d, e, l, m, queue);
    }
  }
  yield* scaled(queue.flushSteps(), 1);
  return d;
}

/** Work done while eigenvalue l is sought: later sweeps are shorter. */
function* scaled(steps: Steps<void>, position: number): Steps<void> {
  const share = 1 - (1 - position) ** 2;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return;
    yield share;
  }
}

/** Smallest m ≥ l at which T splits below row m. */
function firstSplit(d: Float64Array, e: Float64Array, l: number, n: number, floor: number): number {
  for (let m = l; m < n - 1; m++) {
    const size = Math.abs(e[m] ?? 0);
    if (size <= floor || size <= EPSILON * (Math.abs(d[m] ?? 0) + Math.abs(d[m + 1] ?? 0))) return m;
  }
  return n - 1;
}

/** One sweep over rows m..l: a rotation chases the bulge that the shift makes from the bottom to the top. */
function qlSweep(d: Float64Array, e: Float64Array, l: number, m: number, queue: RotationQueue): void {
  const el = e[l] ?? 0;
  const dl = d[l] ?? 0;
  const ratio = ((d[l + 1] ?? 0) - dl) / (2 * el);
  const root = Math.hypot(ratio, 1);
  let g = (d[m] ?? 0) - dl + el / (ratio + (ratio < 0 ? -root : root));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * (e[i] ?? 0);
    const b = c * (e[i] ?? 0);
    const r = radius(f, g);
    e[i + 1] = r;
    if (r === 0) {
      // The bulge vanished: T splits here, and the rest of the sweep has nothing to do.
      d[i + 1] = (d[i + 1] ?? 0) - p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    const shifted = (d[i + 1] ?? 0) - p;
    const t = ((d[i] ?? 0) - shifted) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = shifted + p;
    g = c * t - b;
    queue.push(c, s);
  }
  d[l] = (d[l] ?? 0) - p;
  e[l] = g;
  e[m] = 0;
}

/** √(f² + g²); the slow exact form only where squares would under- or overflow. */
function radius(f: number, g: number): number {
  const square = f * f + g * g;
  return square > 1e-280 && square < 1e280 ? Math.sqrt(square) : Math.hypot(f, g);
}
