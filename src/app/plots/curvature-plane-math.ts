/** Energy and staircase as the λμ plane needs them; both spectra are descending and not negative. */

/**
 * The energy that keeps every pair whose product is at least `threshold`: Σ λᵢμⱼ over those pairs as a share of Σλ·Σμ.
 * For descending i the number of kept j only falls, so one pass of two pointers suffices: O(m + n), in float64.
 */
export function energyAtProduct(lambda: Float32Array, mu: Float32Array, threshold: number): number {
  let [traceA, traceG, kept] = [0, 0, 0];
  for (const value of lambda) traceA += value;
  for (const value of mu) traceG += value;
  if (!(traceA > 0 && traceG > 0)) return 1;
  let keptMu = traceG;
  let last = mu.length - 1;
  for (const value of lambda) {
    while (last >= 0 && value * (mu[last] ?? 0) < threshold) keptMu -= mu[last--] ?? 0;
    if (last < 0) break;
    kept += value * keptMu;
  }
  return Math.min(1, kept / (traceA * traceG));
}

/** Shares of all pairs at which bands meet: the top 10 %, 10-25 %, 25-50 %, the bottom half. */
export const bandLimits = [0.1, 0.25, 0.5] as const;

/** Corners of a staircase on the plane: along the top of each step, from the left; shares 0..1 of both axes. */
export function staircaseCorners(
  keep: Uint32Array,
  edgesX: Float64Array,
  edgesY: Float64Array,
): Float64Array {
  const corners = [];
  let before: number | undefined;
  for (let i = 0; i < keep.length; i++) {
    const height = edgesY[keep[i] ?? 0] ?? 0;
    if (height === before) continue;
    const x = edgesX[i] ?? 0;
    if (before !== undefined) corners.push(x, before);
    corners.push(x, height);
    before = height;
  }
  // Where no pair is kept any more the boundary has reached the axis and ends.
  if (before !== undefined && before > 0) corners.push(1, before);
  return Float64Array.from(corners);
}
