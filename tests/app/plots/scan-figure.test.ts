import { describe, expect, it } from "vitest";
import type { EvaluatedEdit } from "../../../src/app/plots/comparison-figure";
import { bestPerLinear, scanBestChart, scanChart, scanRows } from "../../../src/app/plots/scan-figure";
import type { EditSpec } from "../../../src/stages/edit/types";
import { theme } from "./theme-of-test";

function evaluated(edit: EditSpec, memorized: number, validation: number): EvaluatedEdit {
  const images = { clean: 1, memorized: 1, validation: 1 };
  return { edit, metrics: { memorized, validation, clean: 0, groundTruth: 0, images } };
}

const kfac = (linear: string, energy: number): EditSpec => ({
  method: "kfac",
  linears: [linear],
  energy,
  selection: "pairs",
});
const svd = (linear: string, keep: number): EditSpec => ({ method: "svd", linears: [linear], keep });

const edits = [
  evaluated({ method: "none" }, 0.9, 0.8),
  evaluated(kfac("a", 0.9), 0.5, 0.8),
  evaluated(kfac("a", 0.7), 0.2, 0.75),
  evaluated(kfac("a", 0.5), 0.1, 0.3),
  evaluated(kfac("b", 0.5), 0.8, 0.8),
  evaluated(svd("a", 0.1), 0.3, 0.7),
  evaluated({ method: "svd", linears: ["a", "b"], keep: 0.1 }, 0, 1),
];
const rows = scanRows(edits);

describe("scanRows", () => {
  it("keeps edits of exactly one linear", () => {
    expect(rows.map(({ linear }) => linear)).toEqual(["a", "a", "a", "b", "a"]);
  });
});

describe("bestPerLinear", () => {
  it("takes the largest validation minus memorized of each linear, per method", () => {
    expect(bestPerLinear(rows, "kfac").map(({ edit }) => edit)).toEqual([kfac("a", 0.7), kfac("b", 0.5)]);
    expect(bestPerLinear(rows, "svd").map(({ edit }) => edit)).toEqual([svd("a", 0.1)]);
  });

  it("does not depend on the order in which the rows come in", () => {
    const reversed = bestPerLinear(rows.toReversed(), "kfac");
    expect(new Set(reversed)).toEqual(new Set(bestPerLinear(rows, "kfac")));
  });
});

describe("scanChart", () => {
  const chart = scanChart(edits[0]?.metrics, rows, (id) => `layer ${id}`);

  it("places every edit at its memorized and validation accuracy", () => {
    const [first] = chart.draw(theme, 400).data;
    expect(first).toMatchObject({ x: [0.5, 0.2, 0.1, 0.8], y: [0.8, 0.75, 0.3, 0.8] });
    expect(chart.table.rows).toHaveLength(rows.length);
  });

  it("tells linear and strength under the pointer", () => {
    const [, second] = chart.draw(theme, 400).data;
    expect(second).toMatchObject({ customdata: ["layer a<br>SVD, 10.0 % of σ"] });
  });

  it("draws an axis before the first row has come in", () => {
    const { layout } = scanChart(undefined, [], String).draw(theme, 400);
    const [low, high] = layout.yaxis?.range as [number, number];
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(1);
  });
});

describe("scanBestChart", () => {
  it("shows the two accuracies of the best edits that it tabulates", () => {
    const chart = scanBestChart(undefined, rows, String);
    const drawn = chart.draw(theme, 400).data.map((trace) => ("y" in trace ? trace.y : []));
    expect(drawn).toEqual([[0.2, 0.8], [0.75, 0.8], [0.3], [0.7]]);
    expect(chart.table.rows.map((row) => row.slice(3))).toEqual([
      [0.2, 0.75],
      [0.8, 0.8],
      [0.3, 0.7],
    ]);
  });
});

describe("a scan of a model without wrong labels", () => {
  const images = { clean: 2, memorized: 0, validation: 2 };
  const clean = [0.4, 0.9].map((share, at) => ({
    edit: kfac("a", 0.5 + at / 10),
    metrics: { memorized: NaN, groundTruth: NaN, clean: share, validation: share - 0.1, images },
  }));

  it("holds validation against clean, and leaves memorized empty", () => {
    const chart = scanChart(undefined, scanRows(clean), (id) => id);
    expect(chart.draw(theme, 500).data[0]).toMatchObject({ x: [0.4, 0.9] });
    expect(chart.table.rows.map((row) => row[3])).toEqual([null, null]);
    expect(chart.summary).not.toContain("NaN");
  });

  it("takes the largest validation as the best", () => {
    expect(bestPerLinear(scanRows(clean), "kfac").map(({ metrics }) => metrics.clean)).toEqual([0.9]);
  });
});
