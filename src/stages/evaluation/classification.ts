import type { ImageGroup, ImageRecord } from "../data/types";
import type { ClassificationMetrics, Predictions } from "./types";

/** Accuracies of predictions, which stand in the order of the records; NaN for a group without images. */
export function classificationMetrics(
  { labels }: Pick<Predictions, "labels">,
  records: readonly ImageRecord[],
): ClassificationMetrics {
  if (labels.length !== records.length) {
    throw new RangeError(`classification: expected ${records.length} predictions, got ${labels.length}`);
  }
  const images: Record<ImageGroup, number> = { clean: 0, memorized: 0, validation: 0 };
  const givenLabel: Record<ImageGroup, number> = { clean: 0, memorized: 0, validation: 0 };
  const trueLabel: Record<ImageGroup, number> = { clean: 0, memorized: 0, validation: 0 };
  for (const [position, record] of records.entries()) {
    const label = labels[position];
    images[record.group]++;
    if (label === record.givenLabel) givenLabel[record.group]++;
    if (label === record.trueLabel) trueLabel[record.group]++;
  }
  return {
    clean: givenLabel.clean / images.clean,
    memorized: givenLabel.memorized / images.memorized,
    groundTruth: trueLabel.memorized / images.memorized,
    validation: trueLabel.validation / images.validation,
    images,
  };
}
