import { describe, expect, it } from "vitest";
import { closeShareAxis } from "../../../src/app/plots/base-layout";
import { comparisonChart, type EvaluatedEdit } from "../../../src/app/plots/comparison-figure";
import { tradeoffChart } from "../../../src/app/plots/tradeoff-figure";
import { trainingChart } from "../../../src/app/plots/training-figure";
import type { EditSpec } from "../../../src/stages/edit/types";
import { theme } from "./theme-of-test";

const images = { clean: 1, memorized: 1, validation: 1 };
function evaluated(edit: EditSpec, memorized: number, validation: number): EvaluatedEdit {
  return { edit, metrics: { memorized, validation, clean: 0.5, groundTruth: 0.25, images } };
}
const kfac = (energy: number, selection: "pairs" | "projection" = "pairs"): EditSpec => ({
  method: "kfac",
  linears: ["a"],
  energy,
  selection,
});

describe("trainingChart", () => {
  it("draws the accuracies of every epoch that it tabulates", () => {
    const curve = [
      { epoch: 1, loss: 2, clean: 0.1, memorized: 0.2, groundTruth: 0.3, validation: 0.4 },
      { epoch: 5, loss: 1, clean: 0.5, memorized: 0.6, groundTruth: 0.7, validation: 0.8 },
    ];
    const chart = trainingChart({ procedure: "plain", description: "", curve });
    const drawn = chart.draw(theme, 400).data;
    expect(drawn.map((trace) => ("y" in trace ? trace.y : []))).toEqual([
      [0.2, 0.6],
      [0.1, 0.5],
      [0.4, 0.8],
      [0.3, 0.7],
    ]);
    expect(drawn[0]).toMatchObject({ name: "memorized", x: [1, 5] });
    expect(chart.table.rows[1]).toEqual([5, 1, 0.6, 0.5, 0.8, 0.7]);
  });

  it("draws no curve of a model without a record", () => {
    expect(trainingChart({ procedure: "", description: "", curve: [] }).summary).toBe("No training curve.");
  });
});

describe("comparisonChart", () => {
  it("keeps apart two edits with the same label", () => {
    const chart = comparisonChart([evaluated(kfac(0.7), 0.1, 0.9), evaluated(kfac(0.7), 0.2, 0.8)]);
    expect(chart.draw(theme, 600).data[0]).toMatchObject({
      x: [0, 1],
      y: [0.1, 0.2],
      text: ["10 %", "20 %"],
    });
  });

  it("writes shares above bars that are wide enough, numbers above narrower ones, else nothing", () => {
    const edits = [0.1, 0.2, 0.3, 0.4, 0.5].map((memorized) => evaluated(kfac(0.7), memorized, 0.9));
    const texts = (width: number) => comparisonChart(edits).draw(theme, width).data[0];
    expect(texts(1000)).toMatchObject({ text: ["10 %", "20 %", "30 %", "40 %", "50 %"] });
    expect(texts(700)).toMatchObject({ text: ["10", "20", "30", "40", "50"] });
    expect(texts(330)).toMatchObject({ textposition: "none" });
  });

  it("names edits below their bars in level lines, and slanted where a word does not fit", () => {
    const control: EditSpec = {
      method: "control",
      control: "largest-coefficients",
      linears: ["a"],
      energy: 0.7,
      seed: 0,
    };
    const chart = comparisonChart([evaluated(kfac(0.7), 0.1, 0.9), evaluated(control, 0.2, 0.8)]);
    expect(chart.draw(theme, 260).layout.xaxis).toMatchObject({
      ticktext: ["K-FAC<br>energy 70.0\u00a0%", "largest<br>coefficients"],
      tickangle: 0,
    });
    expect(chart.draw(theme, 200).layout.xaxis).toMatchObject({
      ticktext: ["K-FAC", "largest coefficients"],
      tickangle: -50,
    });
  });
});

describe("tradeoffChart", () => {
  it("draws one line per method and selection, ordered by strength, after the unedited model", () => {
    const edits = [
      evaluated(kfac(0.9), 0.4, 0.8),
      evaluated({ method: "svd", linears: ["a"], keep: 0.1 }, 0.3, 0.7),
      evaluated(kfac(0.5), 0.1, 0.6),
      evaluated(kfac(0.6, "projection"), 0.2, 0.65),
    ];
    const chart = tradeoffChart(evaluated({ method: "none" }, 0.9, 0.75).metrics, edits, "validation");
    expect(chart.draw(theme, 400).data).toMatchObject([
      { name: "unedited", x: [0.9], y: [0.75] },
      { name: "K-FAC", x: [0.1, 0.4], y: [0.6, 0.8] },
      { name: "SVD", x: [0.3], y: [0.7] },
      { name: "K-FAC projection", x: [0.2], y: [0.65] },
    ]);
  });
});

describe("tradeoffChart of several rankings", () => {
  it("tells their lines apart by dashes and marks, since their colour is one", () => {
    const by = (ranking: "saliency" | "ekfac", energy: number): EditSpec => ({
      method: "kfac",
      linears: ["a"],
      energy,
      selection: "pairs",
      ranking,
    });
    const energies = [0.7, 0.9];
    const edits = [
      ...energies.map((energy) => evaluated(kfac(energy), energy, 0.8)),
      ...energies.map((energy) => evaluated(by("saliency", energy), energy, 0.7)),
      ...energies.map((energy) => evaluated(by("ekfac", energy), energy, 0.6)),
    ];
    const chart = tradeoffChart(evaluated({ method: "none" }, 0.9, 0.75).metrics, edits, "validation");
    const lines = chart.draw(theme, 400).data.slice(1) as {
      name: string;
      line: { dash: string };
      marker: { symbol: string };
    }[];
    expect(lines.map(({ name }) => name)).toEqual(["K-FAC", "K-FAC by saliency λμC²", "EK-FAC"]);
    expect(new Set(lines.map(({ line }) => line.dash)).size).toBe(3);
    expect(new Set(lines.map(({ marker }) => marker.symbol)).size).toBe(3);
  });
});

describe("tradeoffChart of edits with own energies", () => {
  it("draws them as points of their own, in no line of one energy", () => {
    const own = (energy: number): EditSpec => ({
      method: "kfac",
      linears: ["a", "b"],
      energy: 0.7,
      selection: "pairs",
      energies: { a: energy },
    });
    const edits = [
      evaluated(kfac(0.5), 0.1, 0.6),
      evaluated(own(0.9), 0.05, 0.7),
      evaluated(kfac(0.9), 0.4, 0.8),
      evaluated(own(0.5), 0.15, 0.75),
    ];
    const chart = tradeoffChart(evaluated({ method: "none" }, 0.9, 0.75).metrics, edits, "validation");
    expect(chart.draw(theme, 400).data).toMatchObject([
      { name: "unedited" },
      { name: "K-FAC", mode: "lines+markers", x: [0.1, 0.4] },
      { name: "K-FAC, own energies", mode: "markers", x: [0.15, 0.05] },
    ]);
    expect(chart.table.rows.map((row) => row[1])).toEqual([1, 0.5, 0.9, 0.6, 0.8]);
  });
});

describe("closeShareAxis", () => {
  it.each([[[0.842, 0.885]], [[0, 1]], [[0.5]], [[0.001, 0.999]], [[]]])(
    "holds %j within 0 and 1",
    (values) => {
      const axis = closeShareAxis(theme, "", values);
      const [low, high] = axis.range as [number, number];
      for (const value of values) {
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      }
      const ticks = axis.tickvals as number[];
      expect(Math.min(...ticks)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...ticks)).toBeLessThanOrEqual(1);
      expect(ticks.length).toBeGreaterThan(1);
    },
  );
});
