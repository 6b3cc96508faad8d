import type { ClassificationMetrics, TextMetrics } from "../stages/evaluation/types";

/** What an edit leaves of what was learned by heart, and of what generalizes; shares 0..1. */
export interface Tradeoff {
  /** Memorized accuracy of images, strict recitation of planted passages. NaN where nothing was memorized. */
  readonly memory: number;
  /** Validation accuracy of images, nDCG@10 of fresh text. */
  readonly ability: number;
}

type Metrics = ClassificationMetrics | TextMetrics;

export function tradeoffOf(metrics: Metrics): Tradeoff {
  if ("ndcg" in metrics) return { memory: metrics.planted.strict, ability: metrics.ndcg };
  const { images, memorized, validation } = metrics;
  return { memory: images.memorized > 0 ? memorized : NaN, ability: validation };
}

/** The least ability that is asked for if nobody says: of images that of the unedited model, of texts nDCG@10 0.9. */
export function usualFloor(unedited: Metrics): number {
  return "ndcg" in unedited ? 0.9 : Math.floor(1000 * unedited.validation) / 1000;
}

/** A row with its place in the ranking. */
export interface Ranked<R> extends Tradeoff {
  readonly row: R;
  /** From 1; undefined for rows whose ability is below the floor. */
  readonly rank: number | undefined;
  /** Whether no other row has as little memory and as much ability, and one of them better. */
  readonly onFront: boolean;
}

/**
 * Memory at equal ability: rows that keep at least the floor of ability come first, the least memory leading, and of
 * equal memory the most ability; the others follow, the most ability leading. What is equal keeps its order.
 */
export function ranked<R extends { readonly metrics: Metrics }>(
  rows: readonly R[],
  floor: number,
): Ranked<R>[] {
  const known = rows
    .map((row) => ({ row, ...tradeoffOf(row.metrics) }))
    .filter(({ memory, ability }) => Number.isFinite(memory) && Number.isFinite(ability));
  const front = paretoFront(known);
  const above = known
    .filter(({ ability }) => ability >= floor)
    .sort((a, b) => a.memory - b.memory || b.ability - a.ability);
  const below = known
    .filter(({ ability }) => ability < floor)
    .sort((a, b) => b.ability - a.ability || a.memory - b.memory);
  return [...above, ...below].map((one, at) => ({
    ...one,
    rank: at < above.length ? at + 1 : undefined,
    onFront: front.has(one),
  }));
}

/** The points that no other point beats: as little memory and as much ability, one of them better. Equal points all count. */
export function paretoFront<T extends Tradeoff>(points: readonly T[]): Set<T> {
  const order = points.toSorted((a, b) => a.memory - b.memory || b.ability - a.ability);
  const front = new Set<T>();
  let best: Tradeoff = { memory: NaN, ability: -Infinity };
  for (const point of order) {
    const equal = point.memory === best.memory && point.ability === best.ability;
    if (point.ability > best.ability || equal) {
      front.add(point);
      best = point;
    }
  }
  return front;
}

/** Standard error of a share that was counted over so many samples. */
export function standardError(share: number, samples: number): number {
  return Math.sqrt((share * (1 - share)) / samples);
}
