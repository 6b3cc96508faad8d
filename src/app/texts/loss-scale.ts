/** Losses in nats from which on a token counts as not known at all: the model gave it less than two percent. */
export const UNKNOWN_LOSS = 4;

/** How strongly a token is marked, 1 for one the model is certain of and 0 for one it does not know. */
export function certainty(loss: number): number {
  return Math.min(1, Math.max(0, 1 - loss / UNKNOWN_LOSS));
}

/** p = exp(−loss). */
export function probability(loss: number): number {
  return Math.exp(-loss);
}

/** Mean over the tokens from `start` on; undefined of none. */
export function meanLoss(losses: readonly number[], start = 0): number | undefined {
  const counted = losses.slice(start);
  return counted.length === 0 ? undefined : counted.reduce((sum, loss) => sum + loss, 0) / counted.length;
}
