import { RandomStream } from "../../src/tensor/random";

/** Scores around zero; `ties` rounds them so that many magnitudes are equal. */
export function drawnScores(count: number, seed: number, ties: boolean): Float32Array<ArrayBuffer> {
  const random = new RandomStream(seed, 77);
  return Float32Array.from({ length: count }, () => {
    const score = 2 * random.uniform() - 1;
    return ties ? Math.round(4 * score) / 4 : score;
  });
}

/** Which entries are kept, by sorting all of them: the `dropped` smallest magnitudes go, of equal ones the first. */
export function keptByOrder(scores: Float32Array, dropped: number): boolean[] {
  const order = Array.from(scores, (score, k) => ({ size: Math.abs(score), k }));
  order.sort((a, b) => a.size - b.size || a.k - b.k);
  const kept = new Array<boolean>(scores.length).fill(true);
  for (const { k } of order.slice(0, dropped)) kept[k] = false;
  return kept;
}
