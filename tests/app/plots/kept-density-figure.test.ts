import { expect, it } from "vitest";
import { keptDensityChart } from "../../../src/app/plots/kept-density-figure";
import { keptDensity } from "../../../src/stages/edit/density";
import { theme } from "./theme-of-test";

const [rows, columns] = [30, 200];
/** Kept are all pairs of the first three λ, and every other one of the rest of μ₁. */
const mask = Uint8Array.from({ length: rows * columns }, (_, at) => {
  const [i, j] = [at % columns, Math.floor(at / columns)];
  return i < 3 || (j === 0 && i % 2 === 0) ? 1 : 0;
});
const kept = mask.reduce((sum, one) => sum + one, 0);
const summary = {
  linear: "a",
  kept,
  total: mask.length,
  keptInputs: 101,
  keptOutputs: rows,
  keptEnergy: 0.5,
  relativeChange: 0,
};
const chart = keptDensityChart(keptDensity(mask, rows, columns), summary, "kfac");

it("the density names ranks from 1, and its cells together are all pairs that are kept", () => {
  const { columns: heads, rows: cells } = chart.table;
  expect(heads).toEqual(["ranks of λ", "ranks of μ", "kept share"]);
  expect(cells[0]).toEqual(["1", "1", 1]);
  const size = (ranks: unknown): number => {
    const [from, to = from] = String(ranks).split("–").map(Number);
    return to! - from! + 1;
  };
  const counted = cells.reduce((sum, [x, y, share]) => sum + size(x) * size(y) * Number(share), 0);
  expect(counted).toBeCloseTo(kept, 9);
  expect(cells.reduce((sum, [x, y]) => sum + size(x) * size(y), 0)).toBe(mask.length);
});

it("is drawn with ticks at powers of ten and at the last rank, and says what is kept", () => {
  const { data, layout } = chart.draw(theme, 600);
  expect(layout.xaxis?.ticktext).toEqual(["1", "10", "100", "200"]);
  expect(layout.yaxis?.ticktext).toEqual(["1", "10", "30"]);
  expect(data[0]).toMatchObject({ type: "heatmap", zmin: 0, zmax: 1 });
  expect(chart.summary).toMatch(/^188 of 6,000 pairs are kept, 3\.1 %\. They hold 50\.0 % of Σλμ\./);
  // 3 × 30 of the first three λ, and i = 4, 6, … 198 of μ₁.
  expect(kept).toBe(90 + 98);
});
