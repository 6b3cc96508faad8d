import { genres } from "./corpus/genres";
import { isNoised } from "./label-noise";
import type { ForgetSetSpec, Passage, ShapesSpec } from "./types";

/** Whether the turn of a sample, counted from 0, falls into the half. */
function inHalf(forget: ForgetSetSpec["forget"], turn: number): boolean {
  return forget === "all" || turn % 2 === (forget === "first-half" ? 0 : 1);
}

function isWanted(kind: Passage["kind"], wanted: ForgetSetSpec["genres"]): boolean {
  return kind !== "quote" && (wanted === undefined || wanted.includes(kind));
}

/** Ids of the planted passages to forget. Passages go through the genres in turn, and every other turn is of one half. */
export function forgottenPassages(
  planted: readonly Pick<Passage, "id" | "kind">[],
  { forget, genres: wanted, forgetExamples }: ForgetSetSpec,
): readonly number[] {
  return planted
    .filter(({ id, kind }) => isWanted(kind, wanted) && inHalf(forget, Math.floor(id / genres.length)))
    .slice(0, forgetExamples)
    .map(({ id }) => id);
}

/** Indices of the noised training images to forget: every other one is of one half. */
export function forgottenImages(
  data: ShapesSpec,
  { forget, forgetExamples }: ForgetSetSpec,
): readonly number[] {
  const forgotten: number[] = [];
  let turn = 0;
  for (let index = 0; index < data.trainingImages && forgotten.length < forgetExamples; index++) {
    if (isNoised(data, index) && inHalf(forget, turn++)) forgotten.push(index);
  }
  return forgotten;
}

/** The last clean training images: the first ones are those that an evaluation looks at. */
export function retainedImages(data: ShapesSpec, count: number): readonly number[] {
  const retained: number[] = [];
  for (let index = data.trainingImages - 1; index >= 0 && retained.length < count; index--) {
    if (!isNoised(data, index)) retained.push(index);
  }
  return retained;
}
