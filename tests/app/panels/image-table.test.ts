import { expect, it } from "vitest";
import { imageTable } from "../../../src/app/panels/image-table";

const metrics = {
  clean: 0.9,
  memorized: 0.8,
  groundTruth: 0.1,
  validation: 0.7,
  images: { clean: 10, memorized: 10, validation: 10 },
};
const svd = { method: "svd", linears: ["a"], keep: 0.3 } as const;

it("the table of an image classifier has the four accuracies and nothing that is not known", () => {
  expect(imageTable([{ edit: { method: "none" }, metrics }])).toEqual({
    columns: ["edit", "memorized", "clean", "validation", "ground truth"],
    rows: [["unedited", 0.8, 0.9, 0.7, 0.1]],
  });
});

it("it tells what is targeted and what edits take, where some row knows it", () => {
  const targeted = {
    targeted: { images: 4, memorized: 0.25, groundTruth: 0.5 },
    untargeted: { images: 6, memorized: 0.75, groundTruth: 0.125 },
  };
  const cost = { seconds: 2, sharedSeconds: 7, forget: 3, retain: 5 };
  const { columns, rows } = imageTable([
    { edit: { method: "none" }, metrics },
    { edit: svd, metrics: { ...metrics, targeted }, cost },
  ]);
  expect(columns.slice(5)).toEqual([
    "targeted: memorized",
    "targeted: ground truth",
    "held out: memorized",
    "held out: ground truth",
    "seconds",
    "shared seconds",
    "samples known as memorized",
    "samples known as not memorized",
  ]);
  expect(rows[1]!.slice(5)).toEqual([0.25, 0.5, 0.75, 0.125, 2, 7, 3, 5]);
  expect(rows[0]!.slice(5)).toEqual(new Array(8).fill(null));
});
