/** Middle value of a list; the mean of the two middle ones if their number is even. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("median: expected at least one value, got none");
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted.length >> 1;
  const high = sorted[upper] ?? NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[upper - 1] ?? NaN) + high) / 2;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** Spread of a[i] / b[i]: what was measured in one round saw the same load, so rounds are compared one by one. */
export function ratioSpread(a: readonly number[], b: readonly number[]): Spread {
  if (a.length !== b.length) {
    throw new RangeError(`ratioSpread: expected as many times, got ${a.length} and ${b.length}`);
  }
  return spread(a.map((time, round) => time / (b[round] ?? NaN)));
}
