import type { ColorScale } from "plotly.js";
import type { EditSummary, KeptDensity } from "../../stages/edit/types";
import { baseAxis, baseLayout, NARROW } from "./base-layout";
import type { Chart } from "./chart";
import { mixOklab, parseRgb } from "./colour-map";
import { count, percent, smallPercent } from "./number-format";
import type { PlotTheme } from "./plot-theme";

/**
 * Where an edit without a border keeps pairs: the plane by rank, λ to the right and μ upwards, both as logarithms, each
 * cell coloured by the kept share of its pairs.
 */
export function keptDensityChart(density: KeptDensity, kept: EditSummary, colour: "kfac" | "control"): Chart {
  const { inputEdges, outputEdges, shares } = density;
  const across = inputEdges.length - 1;
  const [x, y] = [cellNames(inputEdges), cellNames(outputEdges)];
  const z = y.map((_, row) => shares.slice(row * across, (row + 1) * across));
  return {
    summary: describe(kept, z, x, y),
    height: 344,
    table: {
      columns: ["ranks of λ", "ranks of μ", "kept share"],
      rows: z.flatMap((row, at) => row.map((share, cell) => [x[cell] ?? "", y[at] ?? "", share])),
    },
    draw: (theme, width) => ({
      data: [
        {
          type: "heatmap",
          x: x.map((_, cell) => cell),
          y: y.map((_, cell) => cell),
          z,
          zmin: 0,
          zmax: 1,
          colorscale: sequentialScale(theme, colour),
          customdata: z.map((row, at) =>
            row.map((share, cell) => `λ ${x[cell] ?? ""}, μ ${y[at] ?? ""}<br>${percent(share)} kept`),
          ),
          hovertemplate: "%{customdata}<extra></extra>",
          showscale: width >= NARROW,
          colorbar: {
            thickness: 10,
            outlinewidth: 0,
            tickvals: [0, 0.5, 1],
            ticktext: ["0 %", "50 %", "100 %"],
            tickfont: { color: theme.colour["text-muted"], size: 11 },
          },
        },
      ],
      layout: {
        ...baseLayout(theme, width),
        showlegend: false,
        xaxis: { ...baseAxis(theme, "rank of λ"), ...rankTicks(inputEdges), showgrid: false },
        yaxis: { ...baseAxis(theme, "rank of μ"), ...rankTicks(outputEdges), showgrid: false },
      },
    }),
  };
}

/** `3` or `5–8`, ranks from 1. */
function cellNames(edges: readonly number[]): string[] {
  return edges.slice(1).map((end, cell) => {
    const start = (edges[cell] ?? 0) + 1;
    return start === end ? count(end) : `${count(start)}–${count(end)}`;
  });
}

/** Powers of ten and the last rank, at the cells that hold them. */
function rankTicks(edges: readonly number[]) {
  const last = edges.at(-1) ?? 1;
  const powers = Array.from({ length: Math.floor(Math.log10(last)) + 1 }, (_, power) => 10 ** power);
  // The last rank needs the room of the power before it.
  const ranks = [...powers.filter((rank) => rank <= last / 2 || rank === 1), last];
  const shown = [...new Set(ranks)];
  return {
    tickmode: "array" as const,
    tickvals: shown.map((rank) => edges.findIndex((edge) => edge >= rank) - 1),
    ticktext: shown.map(count),
  };
}

const STEPS = 8;

function sequentialScale(theme: PlotTheme, colour: "kfac" | "control"): ColorScale {
  const [from, to] = [parseRgb(theme.colour.grid), parseRgb(theme.colour[colour])];
  return Array.from({ length: STEPS + 1 }, (_, step): [number, string] => {
    const [r, g, b] = mixOklab(from, to, step / STEPS);
    return [step / STEPS, `rgb(${String(r)}, ${String(g)}, ${String(b)})`];
  });
}

function describe(
  { kept, total, keptEnergy }: EditSummary,
  z: readonly (readonly number[])[],
  x: readonly string[],
  y: readonly string[],
): string {
  const energy = keptEnergy === undefined ? "" : ` They hold ${percent(keptEnergy)} of Σλμ.`;
  const corner = z[0]?.[0] ?? 0;
  const far = z.at(-1)?.at(-1) ?? 0;
  return `${count(kept)} of ${count(total)} pairs are kept, ${smallPercent(kept / total)}.${energy} Of the most curved cell, λ ${x[0] ?? ""} and μ ${y[0] ?? ""}, ${percent(corner)} are kept, of the flattest, λ ${x.at(-1) ?? ""} and μ ${y.at(-1) ?? ""}, ${percent(far)}.`;
}
