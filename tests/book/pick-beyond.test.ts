import { describe, expect, it } from "vitest";
import {
  bestFound,
  bestOfRanking,
  controlledEdits,
  highestControl,
  ofControl,
  ofFound,
  ofRanking,
  parting,
  rankedEdits,
} from "../../src/book/pick-beyond";
import type { BookRun } from "../../src/book/run";
import type { EditSpec, PairRanking } from "../../src/stages/edit/types";
import type { ClassificationMetrics } from "../../src/stages/evaluation/types";
import { imageRun } from "./example-runs";

const images = { clean: 500, memorized: 500, validation: 1000 };

function row(edit: EditSpec, memorized: number, validation: number) {
  const metrics: ClassificationMetrics = { clean: 0.9, memorized, groundTruth: 0.5, validation, images };
  return { edit, metrics };
}

const unedited = row({ method: "none" }, 0.8, 0.75);
const kfac = (linears: string[], energy: number, ranking?: PairRanking): EditSpec => ({
  method: "kfac",
  linears,
  energy,
  selection: "pairs",
  ...(ranking && { ranking }),
});
const control = (kind: "random-pairs" | "largest-coefficients" | "magnitude"): EditSpec => ({
  method: "control",
  control: kind,
  linears: ["a"],
  energy: 0.8,
  seed: 0,
});
const linears = ["a", "b", "c"].map((id, layer) => ({
  id,
  layer,
  role: "fc2" as const,
  outputs: 4,
  inputs: 8,
}));
const run = (edits: BookRun["edits"], scan: BookRun["scan"] = []): BookRun => ({
  ...imageRun,
  edits,
  scan,
  linears,
});

describe("controls of a run", () => {
  const edits = [
    unedited,
    row(kfac(["a"], 0.8), 0.1, 0.8),
    row(control("random-pairs"), 0.3, 0.2),
    row(control("largest-coefficients"), 0.5, 0.6),
    row(control("magnitude"), 0.1, 0.4),
  ];

  it("are found by their kind, and the highest of the three by any number", () => {
    expect(ofControl("magnitude", "validation")(run(edits))).toBe(0.4);
    expect(highestControl(({ validation }) => validation)(run(edits))).toBe(0.6);
    expect(highestControl(parting)(run(edits))).toBeCloseTo(0.3, 12);
    expect(controlledEdits(run(edits))).toHaveLength(4);
  });

  it("are not judged while one is missing", () => {
    expect(highestControl(parting)(run(edits.slice(0, 4)))).toBeUndefined();
    expect(ofControl("magnitude", "clean")(run([]))).toBeUndefined();
  });
});

describe("rankings of a run", () => {
  const edits = [
    unedited,
    row(kfac(["a"], 0.9), 0.4, 0.8),
    row(kfac(["a"], 0.8), 0.1, 0.7),
    row(kfac(["a"], 0.9, "ekfac"), 0.2, 0.75),
    row(kfac(["a"], 0.8, "ekfac"), 0.1, 0.5),
  ];

  it("are held against one another where each parts memory from the rest best", () => {
    expect(bestOfRanking(run(edits), "product")?.edit).toEqual(kfac(["a"], 0.8));
    expect(bestOfRanking(run(edits), "ekfac")?.edit).toEqual(kfac(["a"], 0.9, "ekfac"));
    expect(ofRanking("ekfac", parting)(run(edits))).toBeCloseTo(0.55, 12);
    expect(ofRanking("saliency", parting)(run(edits))).toBeUndefined();
    expect(rankedEdits(run(edits))).toHaveLength(2);
  });
});

describe("what a search of a run found", () => {
  const scan = [
    row(kfac(["a"], 0.8), 0.3, 0.76),
    row(kfac(["a", "b"], 0.8), 0.1, 0.75),
    row(kfac(["a", "b"], 0.6), 0.02, 0.74),
    row(kfac(["a", "c"], 0.8), 0.15, 0.77),
    row({ method: "svd", linears: ["a", "b"], keep: 0.1 }, 0.2, 0.5),
  ];

  it("leaves the least memory at the validation accuracy of the unedited model", () => {
    const found = run([unedited], scan);
    expect(bestFound(found, { method: "kfac" })?.edit).toEqual(kfac(["a", "b"], 0.8));
    expect(ofFound({ method: "kfac", layers: "one" }, "memorized")(found)).toBe(0.3);
    expect(ofFound({ method: "kfac", layers: "several" }, "memorized")(found)).toBe(0.1);
    expect(ofFound({ method: "kfac", layers: "ends" }, "memorized")(found)).toBe(0.15);
  });

  it("is nothing where no cut keeps as much, or nobody knows how much that is", () => {
    expect(bestFound(run([unedited], scan), { method: "svd" })).toBeUndefined();
    expect(bestFound(run([], scan), { method: "kfac" })).toBeUndefined();
  });
});
