import type { Data } from "plotly.js";
import type { EpochBands } from "../../engine/api";
import { baseAxis, baseLayout } from "./base-layout";
import type { Chart } from "./chart";
import { mixOklab, parseRgb } from "./colour-map";
import { short } from "./number-format";
import type { PlotTheme } from "./plot-theme";
import { log2Axis, ratio } from "./ratio";

const dashes = ["dot", "dashdot", "dash", "solid"] as const;

/** Memorized over clean response of every band while a network learns by heart; of SVD the last band for comparison. */
export function bandGrowthChart(points: readonly EpochBands[], epochs: number): Chart {
  const names = points[0]?.bands.kfac.map(({ band }) => band.label) ?? [];
  const kfac = names.map((_, band) => points.map(({ bands }) => valueOf(bands.kfac[band])));
  const svd = names.map((_, band) => points.map(({ bands }) => valueOf(bands.svd[band])));
  const last = names.length - 1;
  return {
    summary: describe(points, names, kfac, svd),
    height: 280,
    table: {
      columns: [
        "epoch",
        ...names.map((name) => `K-FAC ${name}`),
        ...names.map((name) => `SVD ${name}`),
        "memorized images",
      ],
      rows: points.map(({ epoch, memorizedImages }, i) => [
        epoch,
        ...kfac.map((band) => band[i] ?? null),
        ...svd.map((band) => band[i] ?? null),
        memorizedImages,
      ]),
    },
    draw: (theme, width) => ({
      data: [
        ...names.map((name, band) =>
          kfacLine(name, band / Math.max(1, last), kfac[band] ?? [], points, theme),
        ),
        svdLine(names[last] ?? "", svd[last] ?? [], points, theme),
      ],
      layout: {
        ...baseLayout(theme, width),
        hovermode: "x unified",
        xaxis: { ...baseAxis(theme, "epoch"), range: [0, epochs * 1.02] },
        yaxis: {
          ...baseAxis(theme, "memorized / clean"),
          ...log2Axis(points.flatMap(({ bands }) => [...bands.kfac, ...bands.svd]).map(withoutSpread)),
        },
      },
    }),
  };
}

type Response = EpochBands["bands"]["kfac"][number];

function valueOf(response: Response | undefined): number | null {
  return (response && ratio(response)) ?? null;
}

/** Means alone are drawn here, so that the axis need not hold the spread of single images. */
function withoutSpread(response: Response): Response {
  return { ...response, memorizedSpread: 0, cleanSpread: 0 };
}

/** From pale for the steepest band to full colour for the flattest. */
function kfacLine(
  name: string,
  share: number,
  values: readonly (number | null)[],
  points: readonly EpochBands[],
  theme: PlotTheme,
): Data {
  const [pale, full] = [parseRgb(theme.colour.axis), parseRgb(theme.colour.kfac)];
  const [r, g, b] = mixOklab(pale, full, 0.25 + 0.75 * share);
  const color = `rgb(${String(r)}, ${String(g)}, ${String(b)})`;
  return {
    ...trace(name, values, points),
    line: { color, width: 2, dash: dashes[Math.round(share * (dashes.length - 1))] ?? "solid" },
    marker: { color, size: 6 },
  };
}

function svdLine(
  name: string,
  values: readonly (number | null)[],
  points: readonly EpochBands[],
  theme: PlotTheme,
): Data {
  const color = theme.colour.svd;
  return {
    ...trace(`SVD ${name}`, values, points),
    line: { color, width: 1.5, dash: "dot" },
    marker: { color, size: 6, symbol: "circle-open" },
  };
}

function trace(name: string, values: readonly (number | null)[], points: readonly EpochBands[]) {
  return {
    type: "scatter" as const,
    mode: "lines+markers" as const,
    name,
    x: points.map(({ epoch }) => epoch),
    y: values.map((value) => (value === null ? null : Math.log2(value))),
    customdata: values.map((value) => short(value ?? NaN)),
    hovertemplate: "%{customdata}",
  };
}

function describe(
  points: readonly EpochBands[],
  names: readonly string[],
  kfac: readonly (readonly (number | null)[])[],
  svd: readonly (readonly (number | null)[])[],
): string {
  const end = points.at(-1);
  if (end === undefined) return "No bands yet.";
  const told = (bands: readonly (readonly (number | null)[])[]): string =>
    names.map((name, i) => `${name} ${short(bands[i]?.at(-1) ?? NaN)}`).join(", ");
  return `Memorized over clean after epoch ${String(end.epoch)}: K-FAC ${told(kfac)}; SVD ${told(svd)}.`;
}
