import type { Data } from "plotly.js";
import type { LinearSpectrum } from "../../stages/spectrum/types";
import { baseAxis, baseLayout } from "./base-layout";
import type { Chart } from "./chart";
import { short } from "./number-format";
import type { ColourName, PlotTheme } from "./plot-theme";

/** Below this share of the largest value float32 holds rounding errors, not structure. */
const LOWEST = 1e-10;

/** Dashes tell texts apart, as colours do factors. */
const sourceDashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"] as const;
type Dash = (typeof sourceDashes)[number];

interface Series {
  readonly name: string;
  readonly values: Float32Array;
  readonly colour: ColourName;
  readonly dash: Dash;
}

/** Factors of one text. */
export interface SourceSpectrum {
  readonly name: string;
  readonly spectrum: LinearSpectrum;
}

/** Eigenvalues λ of A and μ of G and singular values σ of W against rank, each as a share of its largest. */
export function spectrumChart(spectrum: LinearSpectrum): Chart {
  return chartOf([
    { name: "λ of A", values: spectrum.lambda, colour: "factor-a", dash: "solid" },
    { name: "μ of G", values: spectrum.mu, colour: "factor-g", dash: "dash" },
    { name: "σ of W", values: spectrum.sigma, colour: "weight", dash: "dot" },
  ]);
}

/** The same λ and μ of several texts over one another; σ of W, which no text changes, is left out. */
export function sourceSpectraChart(sources: readonly SourceSpectrum[]): Chart {
  const dashOf = (i: number): Dash => sourceDashes[i % sourceDashes.length] ?? "solid";
  const chart = chartOf([
    ...sources.map(({ name, spectrum }, i): Series => {
      return { name: `λ, ${name}`, values: spectrum.lambda, colour: "factor-a", dash: dashOf(i) };
    }),
    ...sources.map(({ name, spectrum }, i): Series => {
      return { name: `μ, ${name}`, values: spectrum.mu, colour: "factor-g", dash: dashOf(i) };
    }),
  ]);
  // A legend of factors and one of texts have fewer entries than one of all curves.
  const keys: readonly { readonly name: string; readonly colour: ColourName; readonly dash: Dash }[] = [
    { name: "λ of A", colour: "factor-a", dash: "solid" },
    { name: "μ of G", colour: "factor-g", dash: "solid" },
    ...sources.map(({ name }, i) => ({ name, colour: "text-muted" as const, dash: dashOf(i) })),
  ];
  return {
    ...chart,
    draw: (theme, width) => {
      const { data, layout } = chart.draw(theme, width);
      const curves = data.map((one): Data => ({ ...one, showlegend: false }));
      const legend = keys.map(({ name, colour, dash }): Data => {
        const line = { color: theme.colour[colour], width: 2, dash };
        return { type: "scatter", mode: "lines", name, x: [null], y: [null], line };
      });
      return { data: [...curves, ...legend], layout };
    },
  };
}

function chartOf(series: readonly Series[]): Chart {
  const floor = logFloor(series.map(({ values }) => values));
  const ranks = Math.max(...series.map(({ values }) => values.length));
  return {
    summary: series.map(describe).join(" "),
    height: 300,
    table: {
      columns: ["rank", ...series.flatMap(({ name }) => [name, `${name}, relative to the largest`])],
      rows: Array.from({ length: ranks }, (_, rank) => [
        rank + 1,
        ...series.flatMap(({ values }) => [values[rank] ?? null, relative(values, rank)]),
      ]),
    },
    draw: (theme, width) => ({
      data: series.map((one) => line(one, floor, theme)),
      layout: {
        ...baseLayout(theme, width),
        xaxis: { ...baseAxis(theme, "rank"), rangemode: "tozero" },
        yaxis: {
          ...baseAxis(theme, "relative to the largest"),
          type: "log",
          range: [Math.log10(floor) - 0.2, 0.3],
          exponentformat: "power",
          // Powers are drawn a quarter larger than other ticks.
          tickfont: { size: 10 },
          dtick: Math.max(1, Math.ceil(-Math.log10(floor) / 5)),
        },
      },
    }),
  };
}

/**
 * Where values that a log axis cannot show are drawn: the decade below the smallest positive relative value, at least
 * `LOWEST`. Zeros, which clamped eigenvalues are, lie on it.
 */
export function logFloor(spectra: readonly Float32Array[]): number {
  let smallest = 1;
  for (const values of spectra) {
    const largest = values[0] ?? 0;
    if (!(largest > 0)) continue;
    for (const value of values) if (value > 0) smallest = Math.min(smallest, value / largest);
  }
  return Math.max(LOWEST, 10 ** Math.floor(Math.log10(smallest)));
}

function relative(values: Float32Array, rank: number): number | null {
  const value = values[rank];
  const largest = values[0] ?? 0;
  if (value === undefined) return null;
  return largest > 0 ? value / largest : 0;
}

function line({ name, values, colour, dash }: Series, floor: number, theme: PlotTheme): Data {
  const shares = Array.from(values, (_, rank) => relative(values, rank) ?? 0);
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: shares.map((_, rank) => rank + 1),
    y: shares.map((share) => Math.max(share, floor)),
    customdata: Array.from(values, short),
    hovertemplate: "rank %{x}: %{customdata}",
    line: { color: theme.colour[colour], width: 2, dash },
  };
}

function describe({ name, values }: Series): string {
  const largest = values[0] ?? 0;
  let half = values.length;
  for (let rank = 0; rank < values.length; rank++) {
    if ((values[rank] ?? 0) < largest / 100) {
      half = rank;
      break;
    }
  }
  return `${name}: ${String(values.length)} values, the largest ${short(largest)}, ${String(half)} within a hundredth of it.`;
}
