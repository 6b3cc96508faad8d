/** Tokens per position that are ranked. */
export const RANKED = 10;

/** Discount of rank 1..10 at 0..9: 1 / log₂(rank + 1). */
const discounts = Array.from({ length: RANKED }, (_, at) => 1 / Math.log2(at + 2));
/** Gain of the unedited order itself: Σ (11 − rank) / log₂(rank + 1), 29.97. */
const idealGain = discounts.reduce((sum, discount, at) => sum + (RANKED - at) * discount, 0);

interface Tops {
  /** Ids of the ten most likely next tokens of every position, most likely first, under the unedited model. */
  readonly unedited: Uint32Array;
  /** The same under the edited model. */
  readonly edited: Uint32Array;
}

function positionsOf({ unedited, edited }: Tops): number {
  if (unedited.length !== edited.length || unedited.length % RANKED !== 0) {
    throw new RangeError(
      `nDCG@10: expected ten tokens of each position, got ${unedited.length} and ${edited.length}`,
    );
  }
  return unedited.length / RANKED;
}

/**
 * nDCG@10, the mean over positions: the relevance of a token is 10..1 by its rank under the unedited model and 0
 * beyond, its discount is by its rank under the edited one.
 */
export function ndcgAt10(tops: Tops): number {
  const positions = positionsOf(tops);
  let sum = 0;
  for (let first = 0; first < tops.edited.length; first += RANKED) {
    const unedited = tops.unedited.subarray(first, first + RANKED);
    for (const [at, discount] of discounts.entries()) {
      const rank = unedited.indexOf(tops.edited[first + at] ?? 0);
      if (rank >= 0) sum += (RANKED - rank) * discount;
    }
  }
  return sum / idealGain / positions;
}

/** Share of positions whose most likely next token is that of the unedited model. */
export function topOneAgreement(tops: Tops): number {
  const positions = positionsOf(tops);
  let same = 0;
  for (let first = 0; first < tops.edited.length; first += RANKED) {
    if (tops.unedited[first] === tops.edited[first]) same++;
  }
  return same / positions;
}
