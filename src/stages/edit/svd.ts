/** Number of singular values that a share keeps, rounded; a share above 0 keeps at least one, 0 keeps none. */
export function truncationRank(keep: number, count: number): number {
  if (!(keep >= 0 && keep <= 1)) {
    throw new RangeError(`keep: expected a kept share of the singular values from 0 to 1, got ${keep}`);
  }
  return keep === 0 ? 0 : Math.max(1, Math.round(keep * count));
}
