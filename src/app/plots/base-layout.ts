import type { Layout, LayoutAxis, Legend } from "plotly.js";
import type { PlotTheme } from "./plot-theme";

/**
 * What all figures share. Axes are fixed, so that a finger on a figure scrolls the page; nothing moves, so that nobody
 * has to ask for less motion.
 */
export function baseLayout(theme: PlotTheme): Partial<Layout> {
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
    legend: legendAbove(theme),
    showlegend: true,
  };
}

/** In a row above the plot, where it costs no width. */
export function legendAbove(theme: PlotTheme): Partial<Legend> {
  return {
    orientation: "h",
    x: 0,
    xanchor: "left",
    y: 1.02,
    yanchor: "bottom",
    font: { color: theme.colour.text },
    itemclick: false,
    itemdoubleclick: false,
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
