/** How far a figure may be from the stored one. The same machine computes the same bits; others round otherwise. */
export interface Tolerance {
  /** Largest difference that passes, in the metric's own unit; of `relative` ones as a share of the stored value. */
  readonly within: number;
  readonly relative?: true;
  readonly why: string;
}

const images = "an image in a hundred may tip by rounding";

export const tolerances = {
  clean: { within: 0.01, why: images },
  memorized: { within: 0.01, why: images },
  groundTruth: { within: 0.01, why: images },
  validation: { within: 0.01, why: images },
  strict: { within: 0.025, why: "one passage or quote in forty may tip by rounding" },
  loose: { within: 0.05, why: "two in forty, since texts part at the first token that tips" },
  levenshtein: { within: 0.02, why: "a token in fifty" },
  ndcg: { within: 0.003, why: "rounding of nearly equal logits" },
  topOne: { within: 0.005, why: "rounding of nearly equal logits" },
  perplexity: { within: 0.005, relative: true, why: "half a percent" },
  facts: { within: 0.1, why: "one of the twelve months, the smallest kind" },
  response: { within: 0.01, relative: true, why: "a percent; eigenvectors of nearly equal eigenvalues mix" },
  loss: { within: 0.01, relative: true, why: "a percent" },
  bandSamples: { within: 2, why: "an image or passage or two may count as memorized or not by rounding" },
  images: { within: 0, why: "a count" },
  passages: { within: 0, why: "a count" },
  texts: { within: 0.25, why: "a text in four may part from the stored one at a token that tips" },
} as const satisfies Readonly<Record<string, Tolerance>>;

export type MetricName = keyof typeof tolerances;

/** `±0.01` or `±1 %`, as it is printed. */
export function toleranceText(metric: MetricName): string {
  const tolerance: Tolerance = tolerances[metric];
  return tolerance.relative ? `±${String(100 * tolerance.within)} %` : `±${String(tolerance.within)}`;
}
