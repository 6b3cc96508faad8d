/** Scores of single weights and the mask they stand for: what is dropped are the weights of the smallest |score|. */

/** One step of gradient descent with momentum. */
export interface ScoreStep {
  readonly momentum: number;
  readonly decay: number;
  /** 0 leaves the scores as they are and adds to the velocity alone. */
  readonly rate: number;
}

/** Where the kept entries begin, in the order of |score| and then of index. */
export interface ScoreCutoff {
  /** Least kept |score| as bits of a float32, which order like the numbers. */
  readonly magnitude: number;
  /** Entries of that very magnitude are kept from this index on. */
  readonly index: number;
}

const withoutSign = 0x7fffffff;

/**
 * v ← momentum·v + decay·s + G∘W∘sign(s) and s ← s − rate·v, in place: with Ŵ = M∘W and the mask M passed straight
 * through to |s|, the loss has the gradient ∂L/∂Ŵ∘W∘sign(s). Computed in float64, kept in float32.
 */
export function stepScores(
  scores: Float32Array,
  velocity: Float32Array,
  gradient: Float32Array,
  weights: Float32Array,
  { momentum, decay, rate }: ScoreStep,
): void {
  for (let k = 0; k < scores.length; k++) {
    const score = scores[k] ?? 0;
    const slope = (gradient[k] ?? 0) * (weights[k] ?? 0) * Math.sign(score);
    const v = momentum * (velocity[k] ?? 0) + decay * score + slope;
    velocity[k] = v;
    scores[k] = score - rate * (velocity[k] ?? 0);
  }
}

/** |score| of each entry as bits. */
function magnitudes(scores: Float32Array): Uint32Array {
  const bits = new Uint32Array(scores.length);
  const words = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  for (let k = 0; k < bits.length; k++) bits[k] = (words[k] ?? 0) & withoutSign;
  return bits;
}

/** Parts the `dropped` entries of the smallest |score| from the others; of equal ones those of lower index go first. */
export function scoreCutoff(scores: Float32Array, dropped: number): ScoreCutoff {
  if (!(Number.isInteger(dropped) && dropped >= 0 && dropped <= scores.length)) {
    throw new RangeError(`scoreCutoff: expected 0 to ${scores.length} dropped entries, got ${dropped}`);
  }
  if (dropped === scores.length) return { magnitude: 0xffffffff, index: 0xffffffff };
  const bits = magnitudes(scores);
  // Byte by byte from the top: how many entries have the bytes found so far, and which byte comes next.
  let magnitude = 0;
  let before = dropped;
  for (let shift = 24; shift >= 0; shift -= 8) {
    const counts = new Uint32Array(256);
    for (const word of bits) {
      if (shift === 24 || word >>> (shift + 8) === magnitude) {
        const digit = (word >>> shift) & 255;
        counts[digit] = (counts[digit] ?? 0) + 1;
      }
    }
    let digit = 0;
    while (before >= (counts[digit] ?? 0)) before -= counts[digit++] ?? 0;
    magnitude = magnitude * 256 + digit;
  }
  let index = 0;
  for (; before > 0; before--) index = bits.indexOf(magnitude, index) + 1;
  return { magnitude, index };
}

/** Bit k mod 32 of word k div 32 says whether weight k is kept. */
export function keptBits(scores: Float32Array, dropped: number): Uint32Array<ArrayBuffer> {
  const { magnitude, index } = scoreCutoff(scores, dropped);
  const kept = new Uint32Array(Math.ceil(scores.length / 32));
  const bits = magnitudes(scores);
  for (let k = 0; k < bits.length; k++) {
    const word = bits[k] ?? 0;
    if (word > magnitude || (word === magnitude && k >= index))
      kept[k >>> 5] = (kept[k >>> 5] ?? 0) | (1 << (k & 31));
  }
  return kept;
}

export function isKept(kept: Uint32Array, k: number): boolean {
  return (((kept[k >>> 5] ?? 0) >>> (k & 31)) & 1) === 1;
}

/** M∘W of the mask's bits, into `masked`. */
export function maskByBits(weights: Float32Array, kept: Uint32Array, masked: Float32Array): void {
  for (let k = 0; k < weights.length; k++) masked[k] = isKept(kept, k) ? (weights[k] ?? 0) : 0;
}
