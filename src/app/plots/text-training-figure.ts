import type { Data } from "plotly.js";
import type { TextTrainingPoint, TextTrainingSummary } from "../../stages/model/types";
import { baseAxis, baseLayout, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import { percent } from "./number-format";
import type { ColourName, PlotTheme } from "./plot-theme";

interface Line {
  readonly key: "perplexity" | "strict" | "quotes" | "suffixAccuracy";
  readonly name: string;
  readonly colour: ColourName;
  readonly dash: "solid" | "dash" | "dot" | "dashdot";
}

const lines: readonly Line[] = [
  { key: "strict", name: "strict", colour: "memorized", dash: "solid" },
  { key: "suffixAccuracy", name: "suffix tokens", colour: "memorized", dash: "dot" },
  { key: "quotes", name: "quotes strict", colour: "ground-truth", dash: "dashdot" },
  { key: "perplexity", name: "perplexity", colour: "validation", dash: "dash" },
];

/** Perplexity of fresh text (right axis) falls early; recitation (left axis) rises late. */
export function textTrainingChart({ curve }: TextTrainingSummary): Chart {
  return {
    summary: describe(curve),
    height: 300,
    table: {
      columns: ["step", "loss", ...lines.map(({ name }) => name)],
      rows: curve.map((point) => [point.step, point.loss, ...lines.map(({ key }) => point[key])]),
    },
    draw: (theme, width) => ({
      data: lines.map((line) => trace(line, curve, theme)),
      layout: {
        ...baseLayout(theme, width),
        hovermode: "x unified",
        margin: { l: 56, r: 56, t: 8, b: 44, pad: 0 },
        xaxis: { ...baseAxis(theme, "training step"), rangemode: "tozero" },
        yaxis: shareAxis(theme, "recited"),
        yaxis2: {
          ...baseAxis(theme, "perplexity of fresh text"),
          range: perplexityRange(curve),
          overlaying: "y",
          side: "right",
          showgrid: false,
        },
      },
    }),
  };
}

/** The first points, from before much was learned, would press the rest together: beyond three times the lowest. */
function perplexityRange(curve: readonly TextTrainingPoint[]): [number, number] {
  const values = curve.map(({ perplexity }) => perplexity);
  if (values.length === 0) return [0, 1];
  const lowest = Math.min(...values);
  return [0.9 * lowest, 1.05 * Math.min(3 * lowest, Math.max(...values))];
}

function trace(
  { key, name, colour, dash }: Line,
  curve: readonly TextTrainingPoint[],
  theme: PlotTheme,
): Data {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: curve.map(({ step }) => step),
    y: curve.map((point) => point[key]),
    yaxis: key === "perplexity" ? "y2" : "y",
    hovertemplate: key === "perplexity" ? "%{y:.2f}" : "%{y:.1%}",
    line: { color: theme.colour[colour], width: 2, dash },
  };
}

function describe(curve: readonly TextTrainingPoint[]): string {
  const [first, last] = [curve[0], curve.at(-1)];
  if (first === undefined || last === undefined) return "No training curve.";
  return `From step ${String(first.step)} to step ${String(last.step)}: perplexity of fresh text from ${first.perplexity.toFixed(2)} to ${last.perplexity.toFixed(2)}, planted passages recited exactly from ${percent(first.strict)} to ${percent(last.strict)}, quotes from ${percent(first.quotes)} to ${percent(last.quotes)}.`;
}
