import type { Data } from "plotly.js";
import type { BandResponse, LinearBands } from "../../stages/spectrum/types";
import { baseAxis, baseLayout, groupEntry } from "./base-layout";
import type { Chart } from "./chart";
import { methodFill } from "./hatch";
import { short } from "./number-format";
import type { PlotTheme } from "./plot-theme";
import { log2Axis, ratio, ratioSpread } from "./ratio";

type Basis = "K-FAC" | "SVD";
type Group = "memorized" | "clean";

/** Memorized / clean response per band, K-FAC beside SVD (above), and the responses themselves (below). */
export function bandChart(bands: LinearBands): Chart {
  const bases: readonly (readonly [Basis, readonly BandResponse[]])[] = [
    ["K-FAC", bands.kfac],
    ["SVD", bands.svd],
  ];
  const all = bases.flatMap(([, responses]) => responses);
  return {
    summary: bases.map(([basis, responses]) => describe(basis, responses)).join(" "),
    height: 460,
    table: {
      columns: ["basis", "band", "memorized / clean", "memorized", "memorized sd", "clean", "clean sd"],
      rows: bases.flatMap(([basis, responses]) =>
        responses.map((one) => [
          basis,
          one.band.label,
          ratio(one) ?? null,
          one.memorized,
          one.memorizedSpread,
          one.clean,
          one.cleanSpread,
        ]),
      ),
    },
    draw: (theme, width) => ({
      data: [
        ...bases.map(([basis, responses]) => ratioBars(basis, responses, theme)),
        ...bases.flatMap(([basis, responses]) =>
          (["memorized", "clean"] as const).map((group) =>
            responseBars(basis, group, responses, theme, width),
          ),
        ),
      ],
      layout: {
        ...baseLayout(theme, width),
        barmode: "group",
        bargap: 0.3,
        bargroupgap: 0.06,
        xaxis: { ...baseAxis(theme, ""), anchor: "y", showticklabels: false, ticks: "", showgrid: false },
        xaxis2: {
          ...baseAxis(theme, "band of the spectrum, largest first"),
          anchor: "y2",
          ticks: "",
          showgrid: false,
        },
        yaxis: { ...baseAxis(theme, "memorized / clean"), ...log2Axis(all), domain: [0.56, 1] },
        yaxis2: { ...baseAxis(theme, "mean response |v·x|"), rangemode: "tozero", domain: [0, 0.48] },
        shapes: [
          {
            type: "line",
            xref: "paper",
            x0: 0,
            x1: 1,
            yref: "y",
            y0: 0,
            y1: 0,
            line: { color: theme.colour["text-muted"], width: 1.5 },
          },
        ],
      },
    }),
  };
}

function ratioBars(basis: Basis, responses: readonly BandResponse[], theme: PlotTheme): Data {
  const colour = theme.colour[basis === "K-FAC" ? "kfac" : "svd"];
  return {
    type: "bar",
    name: basis,
    x: responses.map(({ band }) => band.label),
    y: responses.map((one) => log2OrNull(ratio(one))),
    error_y: {
      type: "data",
      array: responses.map((one) => ratioSpread(one) ?? 0),
      color: theme.colour["text-muted"],
      thickness: 1,
      width: 3,
    },
    customdata: responses.map((one) => short(ratio(one) ?? NaN)),
    hovertemplate: `${basis}, %{x}<br>memorized / clean %{customdata}<extra></extra>`,
    marker: methodFill(basis === "K-FAC" ? "kfac" : "svd", colour, theme),
    xaxis: "x",
    yaxis: "y",
  };
}

function responseBars(
  basis: Basis,
  group: Group,
  responses: readonly BandResponse[],
  theme: PlotTheme,
  width: number,
): Data {
  const colour = theme.colour[group];
  const spread = group === "memorized" ? "memorizedSpread" : "cleanSpread";
  return {
    type: "bar",
    ...groupEntry(basis === "K-FAC" ? "kfac" : "svd", group, width),
    x: responses.map(({ band }) => band.label),
    y: responses.map((one) => one[group]),
    error_y: {
      type: "data",
      array: responses.map((one) => one[spread]),
      color: theme.colour["text-muted"],
      thickness: 1,
      width: 2,
    },
    customdata: responses.map((one) => `${short(one[group])} ± ${short(one[spread])}`),
    hovertemplate: `${basis}, ${group}, %{x}<br>%{customdata}<extra></extra>`,
    marker: methodFill(basis === "K-FAC" ? "kfac" : "svd", colour, theme),
    xaxis: "x2",
    yaxis: "y2",
  };
}

function log2OrNull(value: number | undefined): number | null {
  return value === undefined ? null : Math.log2(value);
}

function describe(basis: Basis, responses: readonly BandResponse[]): string {
  const parts = responses.map((one) => `${one.band.label} ${short(ratio(one) ?? NaN)}`);
  return `${basis}, memorized over clean by band: ${parts.join(", ")}.`;
}
