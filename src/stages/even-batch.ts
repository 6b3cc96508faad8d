/**
 * Samples per run so that all go through in as few runs as `largest` allows, each of nearly the same number: a graph
 * has one batch size, and what a run has too few of is filled up and computed for nothing.
 */
export function evenBatch(samples: number, largest: number): number {
  if (samples <= 0) return 1;
  return Math.ceil(samples / Math.ceil(samples / Math.max(1, largest)));
}
