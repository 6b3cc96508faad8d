import { streamKey, uniformAt } from "../../tensor/random";

/** Scores by which edits rank pairs: float32 of at least 0, [d_out, d_in], element (j, i) of input direction i. */

/** λᵢμⱼCⱼᵢ², in units of the largest λμ, so that no product of small numbers vanishes that need not. */
export function saliencies(
  lambda: Float32Array,
  mu: Float32Array,
  coefficients: Float32Array,
): Float32Array<ArrayBuffer> {
  const scores = new Float32Array(coefficients.length);
  const [first, top] = [lambda[0] ?? 0, mu[0] ?? 0];
  if (first === 0 || top === 0) return scores;
  for (const [j, m] of mu.entries()) {
    for (const [i, l] of lambda.entries()) {
      const at = j * lambda.length + i;
      scores[at] = (l / first) * (m / top) * (coefficients[at] ?? 0) ** 2;
    }
  }
  return scores;
}

/** |x| of every element. */
export function magnitudes(values: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(values, Math.abs);
}

/** Uniform numbers of 24 bits, one per pair: a function of the seed, the linear's name and the pair alone. */
export function randomScores(
  seed: number,
  linear: string,
  rows: number,
  columns: number,
): Float32Array<ArrayBuffer> {
  const key = streamKey(seed, hashOf(linear));
  return Float32Array.from(
    { length: rows * columns },
    (_, at) => Math.floor(uniformAt(key, at) * 0x1000000) / 0x1000000,
  );
}

/** FNV-1a of the characters' codes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
