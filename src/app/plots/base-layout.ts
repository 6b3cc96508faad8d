import type { Layout, LayoutAxis, Legend } from "plotly.js";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";

/**
 * What all figures share. Axes are fixed, so that a finger on a figure scrolls the page; nothing moves, so that nobody
 * has to ask for less motion. `names` are those of the legend, where some may be too long for two to a row on a phone.
 */
export function baseLayout(theme: PlotTheme, width: number, names: readonly string[] = []): Partial<Layout> {
  const { colour } = theme;
  return {
    autosize: true,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, size: 12, color: colour["text-muted"] },
    margin: { l: 56, r: 14, t: 8, b: 44, pad: 0 },
    hovermode: "closest",
    dragmode: false,
    hoverlabel: {
      bgcolor: colour["surface-raised"],
      bordercolor: colour.border,
      font: { family: theme.font, size: 12, color: colour.text },
      align: "left",
    },
    legend: legendAbove(theme, width, names),
    showlegend: true,
  };
}

/** Letters of a legend entry that two entries of a row on a phone have room for. */
const LONG_NAME = 17;

/** Figures narrower than this many CSS pixels stand on a phone. */
export const NARROW = 380;

/** In a row above the plot, where it costs no width. */
function legendAbove(theme: PlotTheme, width: number, names: readonly string[]): Partial<Legend> {
  const perRow = names.some(({ length }) => length > LONG_NAME) ? 1 : 2;
  return {
    orientation: "h",
    x: 0,
    xanchor: "left",
    y: 1.02,
    yanchor: "bottom",
    font: { color: theme.colour.text },
    itemclick: false,
    itemdoubleclick: false,
    // Left to itself a narrow legend has one entry per row, and no room is left for the plot. Two need the room above
    // the axis too, which a place left of the plot gives.
    ...(width < NARROW
      ? { entrywidthmode: "fraction", entrywidth: 0.96 / perRow, x: -AXIS_ROOM / (width - SIDES) }
      : {}),
  };
}

export function baseAxis(theme: PlotTheme, title: string): Partial<LayoutAxis> {
  const { colour } = theme;
  return {
    title: { text: title, standoff: 8, font: { size: 12, color: colour["text-muted"] } },
    color: colour["text-muted"],
    gridcolor: colour.grid,
    linecolor: colour.axis,
    zeroline: false,
    showline: true,
    ticks: "outside",
    ticklen: 4,
    tickcolor: colour.axis,
    fixedrange: true,
    automargin: true,
  };
}

/** Shares 0..1 shown as percentages, with a little room so that marks at 0 and 100 % are whole. */
export function shareAxis(theme: PlotTheme, title: string): Partial<LayoutAxis> {
  return {
    ...baseAxis(theme, title),
    range: [-0.03, 1.03],
    tickmode: "array",
    tickvals: [0, 0.25, 0.5, 0.75, 1],
    ticktext: ["0 %", "25 %", "50 %", "75 %", "100 %"],
  };
}

/** A share axis that shows no more than `values` need, in round steps: small differences fill it. */
export function closeShareAxis(
  theme: PlotTheme,
  title: string,
  values: readonly number[],
  show = (tick: number): string => percent(tick, 0),
): Partial<LayoutAxis> {
  const [lowest, highest] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const step = [0.01, 0.02, 0.05, 0.1, 0.2].find((one) => highest - lowest <= 5 * one) ?? 0.25;
  // Half a step of room, so that marks do not sit on the edge.
  const from = Math.max(0, Math.floor(lowest / step - 0.5));
  const to = Math.min(Math.round(1 / step), Math.ceil(highest / step + 0.5));
  const ticks = Array.from({ length: to - from + 1 }, (_, index) =>
    Number(((from + index) * step).toFixed(2)),
  );
  return {
    ...baseAxis(theme, title),
    range: [(from - 0.15) * step, (to + 0.15) * step],
    tickmode: "array",
    tickvals: ticks,
    ticktext: ticks.map(show),
  };
}

/** An axis of names: in two lines if all fit side by side, else slanted. */
export function nameAxis(theme: PlotTheme, names: readonly string[], width: number): Partial<LayoutAxis> {
  const level = (width - SIDES) / Math.max(1, names.length) >= LEAST_NAME_WIDTH;
  return {
    ...baseAxis(theme, ""),
    type: "category",
    ticks: "",
    showgrid: false,
    tickmode: "array",
    tickvals: [...names],
    ticktext: level ? names.map((name) => name.replace(/ (?=[^ ]*$)/, "<br>")) : [...names],
    tickangle: level ? 0 : -50,
    tickfont: { size: 11 },
  };
}

/** Widths in CSS pixels: both margins of the plot, what of them a legend may use, and a name such as "layer 11". */
const SIDES = 70;
const AXIS_ROOM = 48;
const LEAST_NAME_WIDTH = 40;

/**
 * The legend entry of one method's group. Where two entries with both names do not fit side by side, the colour is
 * named once and the note under the figure names the hatching.
 */
export function groupEntry(
  method: "kfac" | "svd",
  group: string,
  width: number,
): { name: string; showlegend: boolean } {
  if (width < NARROW) return { name: group, showlegend: method === "kfac" };
  return { name: `${method === "kfac" ? "K-FAC" : "SVD"} ${group}`, showlegend: true };
}
