/**
 * Which elements (j, i) of a matrix are kept when they are taken by score, largest first, ties by column i and then by
 * row j. Scores are float32 of at least 0, so their bits are ordered like their values: the score at which a count or a
 * share is reached is found digit by digit in three passes instead of sorting. Comparing bits is exact everywhere, also
 * on devices that flush tiny numbers to 0.
 */
export interface Scores {
  /** [rows, columns], row-major. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
}

/** Kept are the elements of scores above the threshold, and of those at it the ones placed up to `last`. */
export interface RankedCut {
  /** Bits of the smallest kept score; 0xffffffff, above all scores, if none is kept. */
  readonly threshold: number;
  /** Largest place i·rows + j of a kept element whose score is the threshold. */
  readonly last: number;
  /** Number of kept elements. */
  readonly kept: number;
  /** Columns and rows that hold a kept element. */
  readonly keptColumns: number;
  readonly keptRows: number;
  /** Share of the summed scores in the kept elements, 0..1; 1 if that sum is 0. */
  readonly keptShare: number;
}

/** Bits of a score that one pass looks at, from the highest on; the sign is 0. */
const DIGITS = [
  { shift: 20, size: 2 ** 11 },
  { shift: 10, size: 2 ** 10 },
  { shift: 0, size: 2 ** 10 },
] as const;
/** Bits of Infinity; those of what is no number and of negative numbers are at least as large. */
const INFINITE = 0x7f800000;
const NONE = 0xffffffff;
/** As for the staircase: a sum this close below its target has reached it. */
const ROUNDING = 2 ** -40;

/** Takes elements until their scores sum to `share` of the total; the one that crosses is kept. 0 keeps none, 1 all. */
export function cutByShare(scores: Scores, share: number): RankedCut {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(`energy: expected a kept share from 0 to 1, got ${share}`);
  }
  const bits = checkedBits(scores);
  if (share === 1) return cutOf(scores, bits, bits.length);
  const target = share * totalOf(scores) * (1 - ROUNDING);
  if (!(target > 0)) return cutOf(scores, bits, 0);
  const { above, ties, sumAbove, value } = reached(scores, bits, "sum", target);
  let taken = Math.min(ties, Math.max(1, Math.ceil((target - sumAbove) / value)));
  while (taken > 1 && sumAbove + (taken - 1) * value >= target) taken--;
  while (taken < ties && sumAbove + taken * value < target) taken++;
  return cutOf(scores, bits, above + taken);
}

/** Takes the first `count` elements. */
export function cutByCount(scores: Scores, count: number): RankedCut {
  const bits = checkedBits(scores);
  if (!Number.isInteger(count) || count < 0 || count > bits.length) {
    throw new RangeError(`pairs: expected a whole number from 0 to ${bits.length}, got ${count}`);
  }
  return cutOf(scores, bits, count);
}

/** 1 where an element is kept, 0 elsewhere; [rows, columns]. */
export function keptMask(scores: Scores, { threshold, last }: RankedCut): Uint8Array<ArrayBuffer> {
  const { rows, columns } = scores;
  const mask = new Uint8Array(rows * columns);
  for (const [at, bits] of bitsOf(scores).entries()) {
    const place = (at % columns) * rows + Math.floor(at / columns);
    if (bits > threshold || (bits === threshold && place <= last)) mask[at] = 1;
  }
  return mask;
}

function bitsOf({ values, rows, columns }: Scores): Uint32Array {
  if (values.length !== rows * columns) {
    throw new RangeError(`scores: expected ${rows}×${columns} values, got ${values.length}`);
  }
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}

function checkedBits(scores: Scores): Uint32Array {
  const bits = bitsOf(scores);
  const wrong = bits.findIndex((word) => word >= INFINITE);
  if (wrong < 0) return bits;
  const value = scores.values[wrong] ?? NaN;
  throw new RangeError(`scores: expected finite numbers of at least 0, got ${value} at ${wrong}`);
}

function totalOf({ values }: Scores): number {
  return values.reduce((sum, value) => sum + value, 0);
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

interface Reached {
  /** Bits of the score at which the target is reached, and the score. */
  readonly threshold: number;
  readonly value: number;
  /** Number and sum of the scores above it, and number of those equal to it. */
  readonly above: number;
  readonly sumAbove: number;
  readonly ties: number;
}

/** The score at which the number or the sum of all that are at least as large reaches the target, digit by digit. */
function reached(scores: Scores, bits: Uint32Array, amount: "count" | "sum", target: number): Reached {
  let [threshold, above, sumAbove, ties] = [0, 0, 0, 0];
  /** Bits that are settled. */
  let settled = 0;
  for (const { shift, size } of DIGITS) {
    const counts = new Uint32Array(size);
    const sums = new Float64Array(size);
    for (let at = 0; at < bits.length; at++) {
      const bitsHere = bits[at] ?? 0;
      if ((bitsHere & settled) !== threshold) continue;
      const digit = (bitsHere >>> shift) & (size - 1);
      counts[digit] = (counts[digit] ?? 0) + 1;
      sums[digit] = (sums[digit] ?? 0) + (scores.values[at] ?? 0);
    }
    /** The lowest score of all, if rounding lets none reach the target. */
    const lowest = counts.findIndex((count) => count > 0);
    let digit = size - 1;
    for (; digit > lowest; digit--) {
      const [count, sum] = [counts[digit] ?? 0, sums[digit] ?? 0];
      if (count > 0 && (amount === "count" ? above + count : sumAbove + sum) >= target) break;
      above += count;
      sumAbove += sum;
    }
    ties = counts[digit] ?? 0;
    threshold += digit * 2 ** shift;
    settled += (size - 1) * 2 ** shift;
  }
  word[0] = threshold;
  return { threshold, value: float[0] ?? 0, above, sumAbove, ties };
}

function cutOf(scores: Scores, bits: Uint32Array, kept: number): RankedCut {
  const { values, rows, columns } = scores;
  const total = totalOf(scores);
  if (kept === 0) {
    const keptShare = total === 0 ? 1 : 0;
    return { threshold: NONE, last: 0, kept: 0, keptColumns: 0, keptRows: 0, keptShare };
  }
  const { threshold, above } = reached(scores, bits, "count", kept);
  let ties = kept - above;
  let last = 0;
  let sum = 0;
  let keptColumns = 0;
  const inRows = new Uint8Array(rows);
  for (let i = 0; i < columns; i++) {
    let inColumn = false;
    for (let j = 0; j < rows; j++) {
      const at = j * columns + i;
      const word = bits[at] ?? 0;
      if (word < threshold || (word === threshold && ties === 0)) continue;
      if (word === threshold) {
        ties--;
        last = i * rows + j;
      }
      inColumn = true;
      inRows[j] = 1;
      sum += values[at] ?? 0;
    }
    if (inColumn) keptColumns++;
  }
  const keptRows = inRows.reduce((rowsSoFar, one) => rowsSoFar + one, 0);
  const keptShare = total === 0 ? 1 : Math.min(1, sum / total);
  return { threshold, last, kept, keptColumns, keptRows, keptShare };
}
