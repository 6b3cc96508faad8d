import { describe, expect, it } from "vitest";
import { bandGrowthChart } from "../../../src/app/plots/band-growth-figure";
import { decayChart } from "../../../src/app/plots/decay-figure";
import type { EpochBands } from "../../../src/engine/api";
import { orderedBands, type DecayRun } from "../../../src/engine/decay-series";
import type { LinearBands } from "../../../src/stages/spectrum/types";
import { theme } from "./theme-of-test";

function bandsOf(kfac: readonly number[], svd: readonly number[]): LinearBands {
  const responses = (ratios: readonly number[]) =>
    ratios.map((value, index) => ({
      band: { from: 0, to: 1, label: `band ${String(index)}` },
      memorized: value,
      clean: 1,
      memorizedSpread: 9,
      cleanSpread: 9,
    }));
  return { linear: "last", kfac: responses(kfac), svd: responses(svd) };
}

describe("bandGrowthChart", () => {
  const points: EpochBands[] = [
    { epoch: 5, bands: bandsOf([1, 1.25], [1, 0]), memorizedImages: 25 },
    { epoch: 10, bands: bandsOf([0.5, 4], [1, 0.8]), memorizedImages: 200 },
  ];
  const chart = bandGrowthChart(points, 40);

  it("draws a line per band and SVD's last, with a gap where there is no ratio", () => {
    const { data, layout } = chart.draw(theme, 600);
    expect(data.map(({ name }) => name)).toEqual(["band 0", "band 1", "SVD band 1"]);
    expect(data[1]).toMatchObject({ x: [5, 10], y: [Math.log2(1.25), 2] });
    expect(data[2]).toMatchObject({ y: [null, Math.log2(0.8)] });
    // The axis holds the means and not the spread of single images.
    expect(layout.yaxis?.range?.[1]).toBeCloseTo(2 * 1.08, 6);
    expect(layout.xaxis?.range).toEqual([0, 40.8]);
  });

  it("lists exactly what it draws, and says the end in words", () => {
    expect(chart.table.rows).toEqual([
      [5, 1, 1.25, 1, null, 25],
      [10, 0.5, 4, 1, 0.8, 200],
    ]);
    expect(chart.summary).toBe(
      "Memorized over clean after epoch 10: K-FAC band 0 0.5, band 1 4; SVD band 0 1, band 1 0.8.",
    );
    expect(bandGrowthChart([], 40).summary).toBe("No bands yet.");
  });
});

describe("decayChart", () => {
  const point = { epoch: 9, loss: 0, clean: 1, memorized: 0.5, groundTruth: 0, validation: 0.7 };
  const run = (weightDecay: number, kfac: readonly number[], svd: readonly number[]): DecayRun => ({
    weightDecay,
    point,
    memorizedImages: 50,
    orders: { product: orderedBands([bandsOf(svd, kfac)]), lambda: orderedBands([bandsOf(kfac, svd)]) },
  });
  const runs = [run(0, [1, 1.5], [0.25, 1]), run(0.3, [0.9, 2], [0.5, 0.8])];
  const label = () => "layer 1 fc2";

  it("takes the larger difference either way, or the memorized side alone", () => {
    const y = (side: "either" | "memorized") =>
      decayChart(runs, "lambda", side, 0.3, label)
        .draw(theme, 600)
        .data.map((trace) => ("y" in trace ? trace.y : undefined));
    expect(y("either")).toEqual([
      [Math.log2(1.5), 1],
      [2, 1],
    ]);
    expect(y("memorized")).toEqual([
      [Math.log2(1.5), 1],
      [0, Math.log2(0.8)],
    ]);
  });

  it("keeps every value on its axis", () => {
    for (const side of ["either", "memorized"] as const) {
      const { data, layout } = decayChart(runs, "product", side, undefined, label).draw(theme, 600);
      const [low = 0, high = 0] = (layout.yaxis?.range ?? []) as number[];
      for (const trace of data) {
        for (const value of "y" in trace ? (trace.y as number[]) : []) {
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThan(high);
        }
      }
    }
  });

  it("marks the chosen decay, and tells factor and place in its table", () => {
    const chart = decayChart(runs, "lambda", "either", 0.3, label);
    expect(chart.draw(theme, 600).data[0]).toMatchObject({ x: ["0", "0.3"], marker: { size: [8, 13] } });
    expect(chart.table.rows[0]).toEqual([
      0,
      1.5,
      "layer 1 fc2, band 1, more on memorized",
      4,
      "layer 1 fc2, band 0, more on clean",
      0.5,
      0.7,
    ]);
  });
});
