import type { Data } from "plotly.js";
import type { TrainingPoint, TrainingSummary } from "../../stages/model/types";
import { baseAxis, baseLayout, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import { type Metric, metrics, metricStyles } from "./metric-style";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";

/** The four accuracies against epoch: validation falls as memorized rises. */
export function trainingChart({ curve }: TrainingSummary): Chart {
  return {
    summary: describe(curve),
    height: 280,
    table: {
      columns: ["epoch", "loss", ...metrics.map((metric) => metricStyles[metric].name)],
      rows: curve.map((point) => [point.epoch, point.loss, ...metrics.map((metric) => point[metric])]),
    },
    draw: (theme, width) => ({
      data: shown(curve).map((metric) => line(metric, curve, theme)),
      layout: {
        ...baseLayout(theme, width),
        hovermode: "x unified",
        xaxis: { ...baseAxis(theme, "epoch"), rangemode: "tozero" },
        yaxis: shareAxis(theme, "accuracy"),
      },
    }),
  };
}

/** Without wrongly labelled images nothing is memorized, and the record holds zeros. */
function shown(curve: readonly TrainingPoint[]): readonly Metric[] {
  const planted = curve.some(({ memorized, groundTruth }) => memorized > 0 || groundTruth > 0);
  return planted ? metrics : metrics.filter((metric) => metric === "clean" || metric === "validation");
}

function line(metric: Metric, curve: readonly TrainingPoint[], theme: PlotTheme): Data {
  const { name, colour, dash } = metricStyles[metric];
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: curve.map((point) => point.epoch),
    y: curve.map((point) => point[metric]),
    hovertemplate: "%{y:.1%}",
    line: { color: theme.colour[colour], width: 2, dash },
  };
}

function describe(curve: readonly TrainingPoint[]): string {
  const last = curve.at(-1);
  if (!last) return "No training curve.";
  const ends = shown(curve).map((metric) => `${metricStyles[metric].name} ${percent(last[metric])}`);
  return `After epoch ${String(last.epoch)}: ${ends.join(", ")}.`;
}
