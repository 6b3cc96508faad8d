import { describe, expect, it } from "vitest";
import { comparedPositions } from "../../../src/app/texts/compared-positions";
import type { EditSpec } from "../../../src/stages/edit/types";

const none: EditSpec = { method: "none" };
const kfac: EditSpec = { method: "kfac", linears: ["a"], energy: 0.8, selection: "pairs" };
const svd: EditSpec = { method: "svd", linears: ["a"], keep: 0.3 };
const edits = [none, kfac, svd, kfac, svd];

describe("comparedPositions", () => {
  it("sets the chosen edit beside the unedited model and the first of the other method", () => {
    expect(comparedPositions(edits, 1)).toEqual([0, 1, 2]);
    expect(comparedPositions(edits, 3)).toEqual([0, 2, 3]);
    expect(comparedPositions(edits, 4)).toEqual([0, 1, 4]);
  });

  it("shows every method where the unedited model is chosen", () => {
    expect(comparedPositions(edits, 0)).toEqual([0, 1, 2]);
    expect(comparedPositions([none], 0)).toEqual([0]);
  });
});
