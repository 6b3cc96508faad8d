import { describe, expect, it } from "vitest";
import { galleryPicks, offeredFilters, shownFilter } from "../../../src/app/panels/gallery-picks";
import type { ImageEditResult } from "../../../src/engine/api";
import { galleryFilters } from "../../../src/recipe/link";
import type { ImageGroup, ImageRecord } from "../../../src/stages/data/types";

function resultOf(labels: number[], confidence: number[]): ImageEditResult {
  return {
    modality: "images",
    position: 0,
    edit: { method: "none" },
    kept: [],
    staircases: {},
    metrics: {
      clean: 0,
      memorized: 0,
      groundTruth: 0,
      validation: 0,
      images: { clean: 1, memorized: 1, validation: 1 },
    },
    predictions: { labels: new Uint8Array(labels), confidence: new Float32Array(confidence) },
    milliseconds: 0,
  };
}

/** Group, true label, given label, predicted before, predicted after, and the filters it belongs to. */
const cases: [ImageGroup, number, number, number, number, string[]][] = [
  ["memorized", 1, 2, 2, 1, ["recovered"]],
  ["memorized", 1, 2, 2, 2, ["memorized"]],
  ["memorized", 1, 2, 2, 5, []],
  ["memorized", 1, 2, 1, 1, []],
  ["clean", 3, 3, 3, 3, []],
  ["clean", 3, 3, 3, 4, ["clean-lost"]],
  ["clean", 3, 3, 4, 4, []],
  ["validation", 6, 6, 0, 6, ["validation-gained"]],
  ["validation", 6, 6, 6, 0, ["validation-lost"]],
  ["validation", 6, 6, 6, 6, []],
];
const records: ImageRecord[] = cases.map(([group, trueLabel, givenLabel], index) => ({
  index,
  group,
  trueLabel,
  givenLabel,
}));
const before = resultOf(
  cases.map((one) => one[3]),
  cases.map(() => 0.5),
);
const after = resultOf(
  cases.map((one) => one[4]),
  cases.map((_, index) => index / 10),
);

describe("galleryPicks", () => {
  it.each(galleryFilters)("finds the images of %s and no others", (filter) => {
    const expected = cases.flatMap((one, index) => (one[5].includes(filter) ? [index] : []));
    expect(galleryPicks(records, before, after, filter).map(({ record }) => record.index)).toEqual(expected);
  });

  it("puts the surest prediction first", () => {
    const twice = [...records, { ...records[0]!, index: 99 }];
    const surer = resultOf([...cases.map((one) => one[4]), 1], [...cases.map(() => 0.1), 0.9]);
    const same = resultOf([...cases.map((one) => one[3]), 2], [...cases.map(() => 0.1), 0.1]);
    expect(galleryPicks(twice, same, surer, "recovered").map(({ record }) => record.index)).toEqual([99, 0]);
  });
});

describe("a model without wrong labels", () => {
  const offered = offeredFilters(
    galleryFilters,
    records.filter(({ group }) => group !== "memorized"),
  );

  it("is offered pictures of the groups it has, and opens on one of them", () => {
    expect(offered).toEqual(["clean-lost", "validation-gained", "validation-lost"]);
    expect(shownFilter("recovered", offered)).toBe("clean-lost");
    expect(shownFilter("validation-lost", offered)).toBe("validation-lost");
  });

  it("is only known when its images are", () => {
    expect(offeredFilters(galleryFilters, [])).toEqual(galleryFilters);
    expect(offeredFilters(galleryFilters, records)).toEqual(galleryFilters);
  });
});
