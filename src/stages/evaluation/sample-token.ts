/** How the next token is chosen: the most likely one, or drawn from the model's softmax. */
export type Sampling =
  | { readonly kind: "greedy" }
  | {
      readonly kind: "random";
      /** Divides the logits; above 0. */
      readonly temperature: number;
      /** Draws from this many most likely tokens only; all if undefined. */
      readonly topK?: number;
      /** Draws from the fewest most likely tokens whose probabilities reach this sum only; all if undefined. */
      readonly topP?: number;
      readonly seed: number;
    };

/** @throws RangeError naming the setting that makes no sense. */
export function requireSampling(sampling: Sampling): void {
  if (sampling.kind === "greedy") return;
  const { temperature, topK = 1, topP = 1 } = sampling;
  if (!(temperature > 0 && temperature < Infinity))
    throw new RangeError(`sampling: temperature is ${temperature}, expected a number above 0`);
  if (!Number.isInteger(topK) || topK < 1)
    throw new RangeError(`sampling: topK is ${topK}, expected a whole number from 1`);
  if (!(topP > 0 && topP <= 1))
    throw new RangeError(`sampling: topP is ${topP}, expected a number above 0 and at most 1`);
}

/** The most likely token; of equal ones the first. */
export function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let token = 1; token < logits.length; token++) {
    if ((logits[token] ?? 0) > (logits[best] ?? 0)) best = token;
  }
  return best;
}

/** The most likely tokens that may be drawn, in falling order; undefined where all may. */
function candidates(
  logits: Float32Array,
  weights: Float64Array,
  { topK = logits.length, topP = 1 }: { readonly topK?: number; readonly topP?: number },
): Uint32Array | undefined {
  if (topK >= logits.length && topP === 1) return undefined;
  const order = Uint32Array.from(logits.keys());
  order.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  const kept = order.subarray(0, topK);
  const total = kept.reduce((sum, token) => sum + (weights[token] ?? 0), 0);
  let sum = 0;
  const end = kept.findIndex((token) => (sum += weights[token] ?? 0) >= topP * total);
  return end < 0 ? kept : kept.subarray(0, end + 1);
}

/** The next token of one text; `uniform` in [0, 1) decides a random draw. */
export function chooseToken(logits: Float32Array, sampling: Sampling, uniform: number): number {
  const best = likeliest(logits);
  if (sampling.kind === "greedy") return best;
  const top = logits[best] ?? 0;
  const weights = Float64Array.from(logits, (logit) => Math.exp((logit - top) / sampling.temperature));
  const tokens = candidates(logits, weights, sampling) ?? weights.keys();
  const open = [...tokens];
  let left = uniform * open.reduce((sum, token) => sum + (weights[token] ?? 0), 0);
  for (const token of open) {
    left -= weights[token] ?? 0;
    if (left < 0) return token;
  }
  // Rounding may leave a little of the sum: as if the draw had been smaller by it.
  return open.findLast((token) => (weights[token] ?? 0) > 0) ?? best;
}
