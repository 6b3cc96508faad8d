import type { Data } from "plotly.js";
import type { ClassificationMetrics } from "../../stages/evaluation/types";
import { baseLayout, closeShareAxis, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import type { EvaluatedEdit } from "./comparison-figure";
import { editLabel, keptShare, methodName } from "./edit-label";
import { type Metric, metricStyles } from "./metric-style";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";
import { strengthLines, strengthTrace, type StrengthLine } from "./strength-lines";

/**
 * What is won against what is forgotten: one accuracy (up) against the memorized accuracy (right), one line per method
 * along its strengths. The upper left corner is the goal.
 */
export function tradeoffChart(
  unedited: ClassificationMetrics,
  edits: readonly EvaluatedEdit[],
  metric: Exclude<Metric, "memorized">,
): Chart {
  // Energies of the two selections are not comparable: each has a line of its own.
  const lines = strengthLines(edits, methodName);
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
      data: [[start] as const, ...lines].map((line) => trace(line, metric, theme)),
      layout: {
        ...baseLayout(
          theme,
          width,
          lines.map(([{ edit }]) => methodName(edit)),
        ),
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

function trace(line: StrengthLine<EvaluatedEdit>, metric: Metric, theme: PlotTheme): Data {
  return strengthTrace(
    line,
    {
      name: methodName(line[0].edit),
      x: ({ metrics }) => metrics.memorized,
      y: ({ metrics }) => metrics[metric],
      hover: `memorized %{x:.1%}<br>${metricStyles[metric].name} %{y:.1%}`,
    },
    theme,
  );
}

function describe({ edit, metrics }: EvaluatedEdit, metric: Metric): string {
  return `${editLabel(edit)}: memorized ${percent(metrics.memorized)}, ${metricStyles[metric].name} ${percent(metrics[metric])}.`;
}
