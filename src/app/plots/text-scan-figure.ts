import type { Data } from "plotly.js";
import type { TextMetrics } from "../../stages/evaluation/types";
import type { LinearId } from "../../stages/model/types";
import { baseLayout, closeShareAxis, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import { editStrength, methodStyles } from "./edit-label";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";
import type { EvaluatedTextEdit } from "./text-tradeoff-figure";

const METHODS = ["kfac", "svd"] as const;
type Method = (typeof METHODS)[number];

/** One evaluated edit of one linear. */
export interface TextScanRow extends EvaluatedTextEdit {
  readonly linear: LinearId;
}

/** Rows of a scan from its events; edits of none or of several linears belong to no linear and are left out. */
export function textScanRows(edits: readonly EvaluatedTextEdit[]): TextScanRow[] {
  return edits.flatMap((one) => {
    if (one.edit.method === "none") return [];
    const [linear, ...others] = one.edit.linears;
    return linear === undefined || others.length > 0 ? [] : [{ ...one, linear }];
  });
}

/** What `best` is the largest of: agreement with the unedited model on fresh text minus recitation left. */
export function textGain({ ndcg, planted }: TextMetrics): number {
  return ndcg - planted.strict;
}

/** The best edit of every linear by `textGain`, in the order of the scan; ties go to the first. */
export function bestTextEdits(rows: readonly TextScanRow[], method: Method): TextScanRow[] {
  const best = new Map<LinearId, TextScanRow>();
  for (const row of rows) {
    if (row.edit.method !== method) continue;
    const before = best.get(row.linear);
    if (!before || textGain(row.metrics) > textGain(before.metrics)) best.set(row.linear, row);
  }
  return [...best.values()];
}

/** All edits of a scan: strict recitation against nDCG@10. */
export function textScanChart(
  unedited: TextMetrics | undefined,
  rows: readonly TextScanRow[],
  label: (linear: LinearId) => string,
): Chart {
  const start = unedited === undefined ? [] : [unedited];
  return {
    summary: describe(rows, label),
    height: 340,
    table: {
      columns: [
        "linear",
        "method",
        "kept",
        "strict",
        "loose",
        "Levenshtein",
        "quotes strict",
        "nDCG@10",
        "perplexity",
      ],
      rows: rows.map(({ linear, edit, metrics }) => [
        label(linear),
        methodStyles[edit.method].name,
        editStrength(edit),
        metrics.planted.strict,
        metrics.planted.loose ?? null,
        metrics.planted.levenshtein ?? null,
        metrics.quotes.strict,
        metrics.ndcg,
        metrics.perplexity,
      ]),
    },
    draw: (theme, width) => ({
      data: [
        ...METHODS.map((method) => points(rows, method, label, theme)),
        ...start.map((metrics) => uneditedPoint(metrics, theme)),
      ],
      layout: {
        ...baseLayout(theme, width),
        xaxis: shareAxis(theme, "planted passages recited (less is better)"),
        yaxis: closeShareAxis(
          theme,
          "nDCG@10 on fresh text",
          [...start, ...rows.map(({ metrics }) => metrics)].map(({ ndcg }) => ndcg),
          (tick) => tick.toFixed(2),
        ),
      },
    }),
  };
}

function points(
  rows: readonly TextScanRow[],
  method: Method,
  label: (linear: LinearId) => string,
  theme: PlotTheme,
): Data {
  const own = rows.filter(({ edit }) => edit.method === method);
  const best = new Set(bestTextEdits(rows, method));
  const { name, colour, symbol } = methodStyles[method];
  return {
    type: "scatter",
    mode: "markers",
    cliponaxis: false,
    name,
    x: own.map(({ metrics }) => metrics.planted.strict),
    y: own.map(({ metrics }) => metrics.ndcg),
    customdata: own.map(({ linear, edit }) => `${label(linear)}<br>${name}, ${editStrength(edit)}`),
    hovertemplate: "%{customdata}<br>strict %{x:.1%}<br>nDCG@10 %{y:.3f}<extra></extra>",
    marker: {
      color: theme.colour[colour],
      symbol,
      size: own.map((row) => (best.has(row) ? 12 : 6)),
      opacity: own.map((row) => (best.has(row) ? 1 : 0.55)),
      line: { width: 1.5, color: theme.colour[colour] },
    },
  };
}

function uneditedPoint(metrics: TextMetrics, theme: PlotTheme): Data {
  const { name, colour, symbol } = methodStyles.none;
  return {
    type: "scatter",
    mode: "markers",
    cliponaxis: false,
    name,
    x: [metrics.planted.strict],
    y: [metrics.ndcg],
    hovertemplate: `${name}<br>strict %{x:.1%}<br>nDCG@10 %{y:.3f}<extra></extra>`,
    marker: { color: theme.colour[colour], symbol, size: 14 },
  };
}

function describe(rows: readonly TextScanRow[], label: (linear: LinearId) => string): string {
  if (rows.length === 0) return "No edit has been evaluated yet.";
  const parts = METHODS.flatMap((method) => {
    const best = bestTextEdits(rows, method).toSorted((a, b) => textGain(b.metrics) - textGain(a.metrics))[0];
    if (!best) return [];
    const { name } = methodStyles[method];
    return [
      `Best ${name} edit: ${label(best.linear)}, ${editStrength(best.edit)}: strict ${percent(best.metrics.planted.strict)}, nDCG@10 ${best.metrics.ndcg.toFixed(3)}.`,
    ];
  });
  return `${String(rows.length)} edits evaluated. ${parts.join(" ")}`;
}
