import type { Data } from "plotly.js";
import type { DecayRun } from "../../engine/client";
import type { LinearId } from "../../stages/model/types";
import type { Disentanglement, SpectrumSpec } from "../../stages/spectrum/types";
import { baseAxis, baseLayout } from "./base-layout";
import type { Chart } from "./chart";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";

const factors = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6, 8];

export type Side = "either" | "memorized";

/** How far the best band of the first or last layer tells memorized from clean, against weight decay. */
export function decayChart(
  runs: readonly DecayRun[],
  order: SpectrumSpec["bandOrder"],
  side: Side,
  chosen: number | undefined,
  label: (linear: LinearId) => string,
): Chart {
  const names = runs.map(({ weightDecay }) => String(weightDecay));
  const of = (basis: "kfac" | "svd") => runs.map((run) => on(run.orders[order], side)[basis]);
  const sizes = [...of("kfac"), ...of("svd")].map((one) => one?.size ?? 0);
  const highest = 1.15 * Math.max(Math.log2(1.5), ...sizes);
  return {
    summary: describe(runs, order, side, label),
    height: 300,
    table: {
      columns: [
        "weight decay",
        "K-FAC: factor",
        "K-FAC: where",
        "SVD: factor",
        "SVD: where",
        "memorized",
        "validation",
      ],
      rows: runs.map(({ weightDecay, orders, point }) => [
        weightDecay,
        factor(on(orders[order], side).kfac),
        place(on(orders[order], side).kfac, label),
        factor(on(orders[order], side).svd),
        place(on(orders[order], side).svd, label),
        point.memorized,
        point.validation,
      ]),
    },
    draw: (theme, width) => ({
      data: (["kfac", "svd"] as const).map((basis) =>
        line(basis, names, of(basis), runs, chosen, label, theme),
      ),
      layout: {
        ...baseLayout(theme, width),
        xaxis: { ...baseAxis(theme, "weight decay"), type: "category" },
        yaxis: {
          ...baseAxis(theme, side === "either" ? "memorized and clean differ by" : "memorized / clean"),
          range: [Math.min(0, 1.3 * Math.min(...sizes)), highest],
          tickmode: "array",
          tickvals: factors.map(Math.log2),
          ticktext: factors.map((one) => `${String(one)} ×`),
        },
      },
    }),
  };
}

/** The largest difference either way, or of memorized over clean. */
function on(bands: DecayRun["orders"]["product"], side: Side): Pick<typeof bands, "kfac" | "svd"> {
  return side === "either" ? bands : bands.memorized;
}

/** 1 for no difference, 2 for twice or half. */
function factor(one: Disentanglement | undefined): number | null {
  return one === undefined ? null : 2 ** one.size;
}

/** `layer 1, bottom 50 %, more on memorized`. */
function place(one: Disentanglement | undefined, label: (linear: LinearId) => string): string {
  if (one === undefined) return "";
  return `${label(one.linear)}, ${one.band}, more on ${one.ratio > 1 ? "memorized" : "clean"}`;
}

function line(
  basis: "kfac" | "svd",
  names: readonly string[],
  values: readonly (Disentanglement | undefined)[],
  runs: readonly DecayRun[],
  chosen: number | undefined,
  label: (linear: LinearId) => string,
  theme: PlotTheme,
): Data {
  const color = theme.colour[basis];
  return {
    type: "scatter",
    mode: "lines+markers",
    name: basis === "kfac" ? "K-FAC" : "SVD",
    x: [...names],
    y: values.map((one) => one?.size ?? null),
    customdata: values.map(
      (one, i) =>
        `${(factor(one) ?? NaN).toFixed(2)} ×, ${place(one, label)}<br>memorized ${percent(runs[i]?.point.memorized ?? NaN)}, validation ${percent(runs[i]?.point.validation ?? NaN)}`,
    ),
    hovertemplate: "decay %{x}: %{customdata}<extra></extra>",
    line: { color, width: 2, dash: basis === "kfac" ? "solid" : "dash" },
    marker: {
      color,
      symbol: basis === "kfac" ? "circle" : "circle-open",
      // Of unlike sizes Plotly would let marks shine through.
      opacity: 1,
      size: runs.map(({ weightDecay }) => (weightDecay === chosen ? 13 : 8)),
      line: { color, width: 1.5 },
    },
  };
}

function describe(
  runs: readonly DecayRun[],
  order: SpectrumSpec["bandOrder"],
  side: Side,
  label: (linear: LinearId) => string,
): string {
  const told = runs.map(({ weightDecay, orders }) => {
    const { kfac, svd } = on(orders[order], side);
    return `${String(weightDecay)}: K-FAC ${(factor(kfac) ?? NaN).toFixed(2)} times (${place(kfac, label)}), SVD ${(factor(svd) ?? NaN).toFixed(2)} times`;
  });
  return runs.length === 0 ? "No trainings." : `By weight decay, ${told.join("; ")}.`;
}
