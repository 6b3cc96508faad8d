import { expect, it } from "vitest";
import { sharesOf } from "../../../src/app/controls/ShareList";
import { searchTable, sortedRows, type SortKey } from "../../../src/app/search/search-table";
import { searchChart } from "../../../src/app/plots/search-figure";
import type { ShownRow } from "../../../src/app/state/results-slice";
import { ranked } from "../../../src/recipe/search-ranking";
import type { EditSpec } from "../../../src/stages/edit/types";
import { theme } from "../plots/theme-of-test";

const images = { clean: 500, memorized: 500, validation: 1000 };
const stored = { kind: "stored", date: "2026-11-25", device: "a processor" } as const;
const row = (edit: EditSpec, memorized: number, validation: number): ShownRow => ({
  edit,
  origin: edit.method === "svd" ? stored : { kind: "here" },
  metrics: { memorized, validation, clean: 0.9, groundTruth: 0.5, images },
});
const kfac = (energy: number, ...linears: string[]): EditSpec => ({
  method: "kfac",
  linears,
  energy,
  selection: "pairs",
});
const rows = [
  row(kfac(0.8, "a"), 0.2, 0.75),
  row({ method: "svd", linears: ["a"], keep: 0.1 }, 0.1, 0.5),
  row(kfac(0.9, "a"), 0.3, 0.78),
  row(kfac(0.8, "a", "b"), 0.1, 0.72),
];
const order = ranked(rows, 0.7);

function sorted(key: SortKey, descending: boolean): number[] {
  return sortedRows(order, { key, descending }).map(({ row }) => rows.indexOf(row));
}

it("rows are sorted by any column, both ways, and equal ones stay as they are ranked", () => {
  expect(sorted("rank", false)).toEqual([3, 0, 2, 1]);
  expect(sorted("rank", true)).toEqual([1, 2, 0, 3]);
  expect(sorted("memory", false)).toEqual([3, 1, 0, 2]);
  expect(sorted("ability", true)).toEqual([2, 0, 3, 1]);
  expect(sorted("edit", false)).toEqual([0, 2, 3, 1]);
});

it("the exported table holds all numbers in the order that is shown", () => {
  const table = searchTable(sortedRows(order, { key: "memory", descending: false }), false, (ids) =>
    ids.join(),
  );
  expect(table.columns).toEqual([
    "rank",
    "Pareto front",
    "method",
    "kept",
    "matrices",
    "memorized",
    "ground truth",
    "clean",
    "validation",
    "computed",
  ]);
  expect(table.rows[0]).toEqual([
    1,
    "yes",
    "K-FAC",
    "energy 80.0 %",
    "a,b",
    0.1,
    0.5,
    0.9,
    0.72,
    "in this browser",
  ]);
  expect(table.rows[1]?.slice(2, 6)).toEqual(["SVD", "10.0 % of σ", "a", 0.1]);
  expect(table.rows[1]?.at(-1)).toBe("2026-11-25, a processor");
});

it("the figure draws every edit once, the front from the least memory on, and the floor", () => {
  const chart = searchChart(order, 0.7, rows[2]!.metrics, false, (ids) => ids.join());
  const { data, layout } = chart.draw(theme, 600);
  const xs = (name: string): unknown => data.find((trace) => trace.name === name && "x" in trace);
  expect(xs("K-FAC")).toMatchObject({ x: [0.1, 0.2, 0.3], y: [0.72, 0.75, 0.78] });
  expect(xs("SVD")).toMatchObject({ x: [0.1], y: [0.5] });
  expect(xs("Pareto front")).toMatchObject({ x: [0.1, 0.2, 0.3], y: [0.72, 0.75, 0.78] });
  expect(xs("unedited")).toMatchObject({ x: [0.3], y: [0.78] });
  expect(layout.shapes).toMatchObject([{ y0: 0.7, y1: 0.7 }]);
  expect(chart.table.rows).toHaveLength(4);
  expect(chart.summary).toBe(
    "4 edits were found, 3 of them on the Pareto front. First is K-FAC, energy 80.0 %: memorized 10.0 %, validation 72.0 %.",
  );
});

it("typed lists are shares, each once and ascending, or are no lists", () => {
  expect(sharesOf("90, 60,70.5 %,60")).toEqual([0.6, 0.705, 0.9]);
  expect(sharesOf(" ")).toEqual([]);
  for (const wrong of ["60,,70", "101", "-1", "six", "60;70", "1e1", "NaN"])
    expect(sharesOf(wrong)).toBeUndefined();
});
