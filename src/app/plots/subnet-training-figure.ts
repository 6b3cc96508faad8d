import type { Data } from "plotly.js";
import type { SubnetPoint, SubnetTraining } from "../../stages/edit/types";
import { baseAxis, baseLayout } from "./base-layout";
import type { Chart } from "./chart";
import type { ColourName, PlotTheme } from "./plot-theme";

interface Line {
  readonly set: "forget" | "retain";
  readonly name: string;
  readonly colour: ColourName;
  readonly dash: "solid" | "dash";
  readonly symbol: "circle" | "diamond";
}

const lines: readonly Line[] = [
  { set: "forget", name: "to forget", colour: "memorized", dash: "solid", symbol: "circle" },
  { set: "retain", name: "to retain", colour: "validation", dash: "dash", symbol: "diamond" },
];

/** Losses of each batch while a mask is learned: those to forget go up, those to retain stay down. */
export function subnetTrainingChart({ curve, steps }: Pick<SubnetTraining, "curve" | "steps">): Chart {
  return {
    summary: describe(curve, steps),
    height: 260,
    table: {
      columns: ["step", ...lines.map(({ set }) => `loss of the ${set} set`)],
      rows: curve.map((point) => [point.step, ...lines.map(({ set }) => point[set] ?? null)]),
    },
    draw: (theme, width) => ({
      data: lines.map((line) => trace(line, curve, theme)),
      layout: {
        ...baseLayout(theme, width),
        hovermode: "x unified",
        xaxis: { ...baseAxis(theme, "step"), range: [0, Math.max(1, steps) + 0.5] },
        yaxis: { ...baseAxis(theme, "loss (nats)"), rangemode: "tozero" },
      },
    }),
  };
}

/** A batch without samples of a set leaves no gap: its neighbours are joined. */
function trace(
  { set, name, colour, dash, symbol }: Line,
  curve: readonly SubnetPoint[],
  theme: PlotTheme,
): Data {
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    connectgaps: true,
    x: curve.map(({ step }) => step),
    y: curve.map((point) => point[set] ?? null),
    hovertemplate: "%{y:.3f}",
    line: { color: theme.colour[colour], width: 2, dash },
    marker: { color: theme.colour[colour], symbol, size: 5 },
  };
}

function describe(curve: readonly SubnetPoint[], steps: number): string {
  const parts = lines.flatMap(({ set }) => {
    const losses = curve.flatMap((point) => point[set] ?? []);
    const [first, last] = [losses[0], losses.at(-1)];
    return first === undefined || last === undefined
      ? []
      : [`Loss of the ${set} set from ${first.toFixed(2)} to ${last.toFixed(2)} nats.`];
  });
  return parts.length === 0
    ? "Nothing has been learned."
    : `${String(curve.length)} of ${String(steps)} steps. ${parts.join(" ")}`;
}
