import type { Data } from "plotly.js";
import type { ClassificationMetrics } from "../../stages/evaluation/types";
import { baseLayout, closeShareAxis, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import type { EvaluatedEdit } from "./comparison-figure";
import {
  editLabel,
  editStrength,
  hasOwnEnergies,
  keptShare,
  lineLook,
  methodName,
  methodStyles,
} from "./edit-label";
import { type Metric, metricStyles } from "./metric-style";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";

/**
 * What is won against what is forgotten: one accuracy (up) against the memorized accuracy (right), one line per method
 * along its strengths. The upper left corner is the goal.
 */
export function tradeoffChart(
  unedited: ClassificationMetrics,
  edits: readonly EvaluatedEdit[],
  metric: Exclude<Metric, "memorized">,
): Chart {
  const lines = linesOf(edits);
  const start: EvaluatedEdit = { edit: { method: "none" }, metrics: unedited };
  return {
    summary: [start, ...edits].map((one) => describe(one, metric)).join(" "),
    height: 320,
    table: {
      columns: ["method", "kept share", "memorized", metricStyles[metric].name],
      rows: [start, ...lines.flat()].map(({ edit, metrics }) => [
        methodName(edit),
        keptShare(edit),
        metrics.memorized,
        metrics[metric],
      ]),
    },
    draw: (theme, width) => ({
      data: [[start], ...lines].map((line) => trace(line, metric, theme)),
      layout: {
        ...baseLayout(theme, width),
        xaxis: shareAxis(theme, "memorized accuracy (less is better)"),
        yaxis: closeShareAxis(
          theme,
          `${metricStyles[metric].name} accuracy`,
          [start, ...edits].map(({ metrics }) => metrics[metric]),
        ),
      },
    }),
  };
}

/**
 * One line per method and selection, since energies of the two selections are not comparable; the strongest cut first.
 * Edits with own energies have no one strength to stand in such a line by: they are single points.
 */
function linesOf(edits: readonly EvaluatedEdit[]): EvaluatedEdit[][] {
  const lines = new Map<string, EvaluatedEdit[]>();
  for (const one of edits) {
    const name = methodName(one.edit);
    const line = lines.get(name);
    if (line) line.push(one);
    else lines.set(name, [one]);
  }
  return [...lines.values()].map((line) => line.toSorted((a, b) => keptShare(a.edit) - keptShare(b.edit)));
}

function trace(line: readonly EvaluatedEdit[], metric: Metric, theme: PlotTheme): Data {
  const first = line[0]?.edit ?? { method: "none" };
  const { colour } = methodStyles[first.method];
  const { dash, symbol } = lineLook(first);
  return {
    type: "scatter",
    mode: line.length > 1 && !hasOwnEnergies(first) ? "lines+markers" : "markers",
    name: methodName(first),
    x: line.map((one) => one.metrics.memorized),
    y: line.map((one) => one.metrics[metric]),
    customdata: line.map(({ edit }) => editStrength(edit)),
    hovertemplate: `%{customdata}<br>memorized %{x:.1%}<br>${metricStyles[metric].name} %{y:.1%}`,
    line: {
      color: theme.colour[colour],
      width: 2,
      dash,
    },
    marker: {
      color: theme.colour[colour],
      symbol,
      size: first.method === "none" ? 13 : 9,
      line: { width: 1.5, color: theme.colour[colour] },
    },
  };
}

function describe({ edit, metrics }: EvaluatedEdit, metric: Metric): string {
  return `${editLabel(edit)}: memorized ${percent(metrics.memorized)}, ${metricStyles[metric].name} ${percent(metrics[metric])}.`;
}
