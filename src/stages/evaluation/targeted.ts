import type { ImageRecord, PassageRecord } from "../data/types";
import { recitationMetrics } from "./recitation";
import type { Continuation, Predictions, TargetedClassification, TargetedRecitation } from "./types";

/** Where a memorized sample stands to a forget set. */
export type Target = keyof TargetedRecitation;

/** Recitation of the planted passages, parted by where they stand to a forget set. */
export function targetedRecitation(
  records: readonly PassageRecord[],
  continuations: readonly Continuation[],
  targetOf: (record: PassageRecord) => Target,
): TargetedRecitation {
  const of = (target: Target): TargetedRecitation[Target] =>
    recitationMetrics(
      records.flatMap((record, i) => {
        const { strict = false, distance } = continuations[i] ?? {};
        const counts = record.group === "planted" && targetOf(record) === target;
        return counts ? [{ length: record.suffix.length, strict, distance }] : [];
      }),
    );
  return { targeted: of("targeted"), untargeted: of("untargeted"), otherGenres: of("otherGenres") };
}

/** Labels given to noised images, parted by whether they are in a forget set. */
export function targetedClassification(
  records: readonly ImageRecord[],
  { labels }: Pick<Predictions, "labels">,
  isTargeted: (record: ImageRecord) => boolean,
): TargetedClassification {
  const of = (targeted: boolean): TargetedClassification["targeted"] => {
    const sums = { images: 0, memorized: 0, groundTruth: 0 };
    for (const [i, record] of records.entries()) {
      if (record.group !== "memorized" || isTargeted(record) !== targeted) continue;
      sums.images++;
      if (labels[i] === record.givenLabel) sums.memorized++;
      if (labels[i] === record.trueLabel) sums.groundTruth++;
    }
    const { images, memorized, groundTruth } = sums;
    return { images, memorized: memorized / images, groundTruth: groundTruth / images };
  };
  return { targeted: of(true), untargeted: of(false) };
}
