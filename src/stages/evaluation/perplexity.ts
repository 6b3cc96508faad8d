/** exp of the mean cross-entropy, from the log-probability of each next token in nats; NaN of none. */
export function perplexity(logProbabilities: Float32Array | readonly number[]): number {
  let sum = 0;
  for (const value of logProbabilities) sum -= value;
  return Math.exp(sum / logProbabilities.length);
}
