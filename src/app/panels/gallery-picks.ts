import type { ImageEditResult } from "../../engine/api";
import type { GalleryFilter } from "../../recipe/link";
import type { ImageRecord } from "../../stages/data/types";

/** One image with what the model says before and after the edit. */
export interface Pick {
  readonly record: ImageRecord;
  readonly before: Prediction;
  readonly after: Prediction;
}

export interface Prediction {
  readonly label: number;
  readonly confidence: number;
}

const memorizedFilters: readonly GalleryFilter[] = ["recovered", "memorized"];

/** The filters that can show a picture: without wrongly labelled images none is about them. */
export function offeredFilters(
  filters: readonly GalleryFilter[],
  records: readonly ImageRecord[],
): readonly GalleryFilter[] {
  const nothingMemorized = records.length > 0 && records.every(({ group }) => group !== "memorized");
  return nothingMemorized ? filters.filter((filter) => !memorizedFilters.includes(filter)) : filters;
}

/** The chosen filter, or the first that is offered instead. */
export function shownFilter(chosen: GalleryFilter, offered: readonly GalleryFilter[]): GalleryFilter {
  return offered.includes(chosen) ? chosen : (offered[0] ?? chosen);
}

/** The images that a filter is about, surest after the edit first. */
export function galleryPicks(
  records: readonly ImageRecord[],
  before: ImageEditResult,
  after: ImageEditResult,
  filter: GalleryFilter,
): Pick[] {
  const picks = records.flatMap((record, position) => {
    const pick = { record, before: predictionAt(before, position), after: predictionAt(after, position) };
    return belongs(pick, filter) ? [pick] : [];
  });
  return picks.sort((first, second) => second.after.confidence - first.after.confidence);
}

function predictionAt({ predictions }: ImageEditResult, position: number): Prediction {
  return { label: predictions.labels[position] ?? 0, confidence: predictions.confidence[position] ?? 0 };
}

function belongs({ record, before, after }: Pick, filter: GalleryFilter): boolean {
  const { group, trueLabel, givenLabel } = record;
  switch (filter) {
    case "recovered":
      return group === "memorized" && before.label === givenLabel && after.label === trueLabel;
    case "memorized":
      return group === "memorized" && after.label === givenLabel;
    case "clean-lost":
      return group === "clean" && before.label === givenLabel && after.label !== givenLabel;
    case "validation-gained":
      return group === "validation" && before.label !== trueLabel && after.label === trueLabel;
    case "validation-lost":
      return group === "validation" && before.label === trueLabel && after.label !== trueLabel;
  }
}
