import type { ClassificationMetrics, TextMetrics } from "./types";

/** The metrics of an image classifier, or undefined if these are of a language model. */
export function classificationOf(
  metrics: ClassificationMetrics | TextMetrics | undefined,
): ClassificationMetrics | undefined {
  return metrics && "groundTruth" in metrics ? metrics : undefined;
}

/** The metrics of a language model, or undefined if these are of an image classifier. */
export function textMetricsOf(
  metrics: ClassificationMetrics | TextMetrics | undefined,
): TextMetrics | undefined {
  return metrics && "ndcg" in metrics ? metrics : undefined;
}
