import type { Annotations, ColorScale } from "plotly.js";
import type { LinearId } from "../../stages/model/types";
import type { LinearBands } from "../../stages/spectrum/types";
import { baseAxis, baseLayout, NARROW } from "./base-layout";
import type { Chart } from "./chart";
import { mixOklab, parseRgb } from "./colour-map";
import { short } from "./number-format";
import type { PlotTheme } from "./plot-theme";
import { ratio } from "./ratio";

const ROW_HEIGHT = 26;
/** Narrower cells cannot hold a printed number. */
const MIN_CELL_WIDTH = 40;

/** Memorized / clean response of all linears in all bands; the colour is centred at 1 and symmetric in log2. */
export function bandHeatmapChart(
  bands: readonly LinearBands[],
  basis: "kfac" | "svd",
  label: (linear: LinearId) => string,
): Chart {
  const linears = bands.map(({ linear }) => label(linear));
  const columns = bands[0]?.[basis].map(({ band }) => band.label) ?? [];
  const ratios = bands.map((one) => one[basis].map((response) => ratio(response) ?? null));
  const reach = colourReach(ratios);
  return {
    summary: describe(linears, columns, ratios),
    height: 96 + ROW_HEIGHT * Math.max(1, linears.length),
    table: {
      columns: ["linear", ...columns.map((column) => `memorized / clean, ${column}`)],
      rows: ratios.map((row, index) => [linears[index] ?? "", ...row]),
    },
    draw: (theme, width) => ({
      data: [
        {
          type: "heatmap",
          x: columns,
          y: linears,
          z: ratios.map((row) => row.map((value) => (value === null ? null : Math.log2(value)))),
          zmin: -reach,
          zmax: reach,
          colorscale: divergingScale(theme),
          xgap: 2,
          ygap: 2,
          customdata: ratios.map((row) => row.map((value) => short(value ?? NaN))),
          hovertemplate: "%{y}, %{x}<br>memorized / clean %{customdata}<extra></extra>",
          // The numbers in the cells say the same.
          showscale: width >= NARROW,
          colorbar: colourBar(reach, theme),
        },
      ],
      layout: {
        ...baseLayout(theme, width),
        showlegend: false,
        margin: { l: 8, r: 8, t: 8, b: 36 },
        xaxis: {
          ...baseAxis(theme, ""),
          tickfont: { size: 11 },
          tickangle: width < NARROW ? -40 : 0,
          ticks: "",
          showline: false,
          showgrid: false,
          type: "category",
        },
        yaxis: {
          ...baseAxis(theme, ""),
          ticks: "",
          showline: false,
          showgrid: false,
          type: "category",
          autorange: "reversed",
        },
        annotations:
          width / (columns.length + 2.5) < MIN_CELL_WIDTH
            ? []
            : printed(linears, columns, ratios, reach, theme),
      },
    }),
  };
}

/** log2 of the ratio where the colour saturates: the largest, between 1.25 (so that noise stays pale) and 4. */
export function colourReach(ratios: readonly (readonly (number | null)[])[]): number {
  const sizes = ratios.flat().map((value) => (value === null ? 0 : Math.abs(Math.log2(value))));
  return Math.min(2, Math.max(Math.log2(1.25), ...sizes));
}

const STEPS = 8;

/** From clean through the surface to memorized, interpolated in OKLab. */
export function divergingScale(theme: PlotTheme): ColorScale {
  const middle = parseRgb(theme.colour["ratio-middle"]);
  return Array.from({ length: 2 * STEPS + 1 }, (_, step): [number, string] => {
    const side = step < STEPS ? "ratio-low" : "ratio-high";
    const [r, g, b] = mixOklab(middle, parseRgb(theme.colour[side]), Math.abs(step / STEPS - 1));
    return [step / (2 * STEPS), `rgb(${String(r)}, ${String(g)}, ${String(b)})`];
  });
}

function printed(
  linears: readonly string[],
  columns: readonly string[],
  ratios: readonly (readonly (number | null)[])[],
  reach: number,
  theme: PlotTheme,
): Partial<Annotations>[] {
  return ratios.flatMap((row, y) =>
    row.map((value, x) => ({
      x: columns[x] ?? "",
      y: linears[y] ?? "",
      text: value === null ? "–" : value.toFixed(2),
      showarrow: false,
      font: {
        size: 12,
        // On a saturated cell the page's text colour would fade; the surface's colour does not.
        color:
          theme.colour[
            value !== null && Math.abs(Math.log2(value)) > 0.6 * reach ? "surface-raised" : "text"
          ],
      },
    })),
  );
}

function colourBar(reach: number, theme: PlotTheme) {
  const ticks = [-reach, -reach / 2, 0, reach / 2, reach];
  return {
    thickness: 10,
    outlinewidth: 0,
    tickvals: ticks,
    ticktext: ticks.map((tick) => (2 ** tick).toFixed(2)),
    tickfont: { color: theme.colour["text-muted"], size: 11 },
  };
}

function describe(
  linears: readonly string[],
  columns: readonly string[],
  ratios: readonly (readonly (number | null)[])[],
): string {
  let [lowest, highest] = [Infinity, -Infinity];
  let [lowestAt, highestAt] = ["", ""];
  ratios.forEach((row, y) => {
    row.forEach((value, x) => {
      const place = `${linears[y] ?? ""}, ${columns[x] ?? ""}`;
      if (value !== null && value < lowest) [lowest, lowestAt] = [value, place];
      if (value !== null && value > highest) [highest, highestAt] = [value, place];
    });
  });
  if (lowest === Infinity) return "No responses yet.";
  return `Memorized over clean response of ${String(linears.length)} linears: from ${short(lowest)} (${lowestAt}) to ${short(highest)} (${highestAt}).`;
}
