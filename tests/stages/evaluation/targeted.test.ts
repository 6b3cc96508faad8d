import { expect, it } from "vitest";
import type { ImageRecord, PassageRecord } from "../../../src/stages/data/types";
import { targetedClassification, targetedRecitation } from "../../../src/stages/evaluation/targeted";
import type { Continuation } from "../../../src/stages/evaluation/types";

const suffix = ["a", "b", "c", "d"];
const passage = (id: number, group: PassageRecord["group"]): PassageRecord => ({
  group,
  kind: "letter",
  id,
  prefix: ["x"],
  suffix,
});
const continuation = (distance: number | undefined): Continuation => ({
  strict: distance === 0,
  tokens: undefined,
  distance,
});
const records = [0, 1, 2, 3]
  .map((id) => passage(id, "planted"))
  .concat([0, 1].map((id) => passage(id, "heldOut")));
const targetOf = ({ id }: PassageRecord) => (id < 2 ? "targeted" : id === 2 ? "untargeted" : "otherGenres");

it("recitation of planted passages is parted, and nothing else is counted", () => {
  const continuations = [0, 2, 1, 4, 0, 0].map(continuation);
  expect(targetedRecitation(records, continuations, targetOf)).toEqual({
    targeted: { passages: 2, strict: 0.5, loose: 0.5, levenshtein: 0.25 },
    untargeted: { passages: 1, strict: 0, loose: 1, levenshtein: 0.25 },
    otherGenres: { passages: 1, strict: 0, loose: 0, levenshtein: 1 },
  });
});

it("what has not been generated is known as far as it is exact", () => {
  const continuations = [0, undefined, 0, undefined, 0, 0].map(continuation);
  const { targeted, untargeted } = targetedRecitation(records, continuations, targetOf);
  expect(targeted).toEqual({ passages: 2, strict: 0.5, loose: undefined, levenshtein: undefined });
  expect(untargeted).toEqual({ passages: 1, strict: 1, loose: 1, levenshtein: 0 });
});

it("labels of noised images are parted", () => {
  const image = (index: number, group: ImageRecord["group"]): ImageRecord => ({
    index,
    group,
    trueLabel: 1,
    givenLabel: group === "memorized" ? 2 : 1,
  });
  const images = [image(0, "memorized"), image(1, "memorized"), image(2, "memorized"), image(3, "clean")];
  const labels = Uint8Array.of(2, 1, 3, 1);
  expect(targetedClassification(images, { labels }, ({ index }) => index < 2)).toEqual({
    targeted: { images: 2, memorized: 0.5, groundTruth: 0.5 },
    untargeted: { images: 1, memorized: 0, groundTruth: 0 },
  });
});
