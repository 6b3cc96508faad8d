import type { Data } from "plotly.js";
import type { ClassificationMetrics } from "../../stages/evaluation/types";
import type { LinearId } from "../../stages/model/types";
import { baseLayout, closeShareAxis, groupEntry, nameAxis, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import type { EvaluatedEdit } from "./comparison-figure";
import { editStrength, methodStyles } from "./edit-label";
import { methodFill } from "./hatch";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";

type Method = "kfac" | "svd";
const METHODS: readonly Method[] = ["kfac", "svd"];

/** One evaluated edit of one linear. */
export interface ScanRow extends EvaluatedEdit {
  readonly linear: LinearId;
}

/** Rows of a scan from its events; edits of none or of several linears belong to no linear and are left out. */
export function scanRows(edits: readonly EvaluatedEdit[]): ScanRow[] {
  return edits.flatMap((one) => {
    if (one.edit.method === "none") return [];
    const [linear, ...others] = one.edit.linears;
    return linear === undefined || others.length > 0 ? [] : [{ ...one, linear }];
  });
}

/** What `best` is the largest of: validation accuracy kept minus memorized accuracy left, if anything was memorized. */
export function gain({ validation, memorized, images }: ClassificationMetrics): number {
  return images.memorized > 0 ? validation - memorized : validation;
}

/** What validation is held against: without wrongly labelled images nothing is memorized, and clean takes its place. */
export function opponent(rows: readonly ScanRow[]): "memorized" | "clean" {
  return rows.every(({ metrics }) => metrics.images.memorized === 0) && rows.length > 0
    ? "clean"
    : "memorized";
}

/** An accuracy, or nothing where no image could be counted. */
function value(metrics: ClassificationMetrics, metric: "memorized" | "clean" | "groundTruth"): number | null {
  return metrics.images[metric === "clean" ? "clean" : "memorized"] > 0 ? metrics[metric] : null;
}

/** The best edit of every linear by `gain`, in the order in which the linears were scanned; ties go to the first. */
export function bestPerLinear(rows: readonly ScanRow[], method: Method): ScanRow[] {
  const best = new Map<LinearId, ScanRow>();
  for (const row of rows) {
    if (row.edit.method !== method) continue;
    const before = best.get(row.linear);
    if (!before || gain(row.metrics) > gain(before.metrics)) best.set(row.linear, row);
  }
  return [...best.values()];
}

/** All edits of a scan: memorized accuracy against validation accuracy (paper, Figure 4 top, as points). */
export function scanChart(
  unedited: ClassificationMetrics | undefined,
  rows: readonly ScanRow[],
  label: (linear: LinearId) => string,
): Chart {
  const against = opponent(rows);
  return {
    summary: describe(rows, label),
    height: 340,
    table: {
      columns: ["linear", "method", "kept", "memorized", "validation", "clean", "ground truth"],
      rows: rows.map(({ linear, edit, metrics }) => [
        label(linear),
        methodStyles[edit.method].name,
        editStrength(edit),
        value(metrics, "memorized"),
        metrics.validation,
        metrics.clean,
        value(metrics, "groundTruth"),
      ]),
    },
    draw: (theme, width) => ({
      data: [
        ...METHODS.map((method) => points(rows, method, against, label, theme)),
        ...(unedited ? [uneditedPoint(unedited, against, theme)] : []),
      ],
      layout: {
        ...baseLayout(theme, width),
        xaxis: shareAxis(
          theme,
          against === "memorized" ? "memorized accuracy (less is better)" : "clean accuracy",
        ),
        yaxis: closeShareAxis(
          theme,
          "validation accuracy",
          [...rows.map(({ metrics }) => metrics), ...(unedited ? [unedited] : [])].map(
            ({ validation }) => validation,
          ),
        ),
      },
    }),
  };
}

/** The best edit of each linear: its memorized and its validation accuracy, K-FAC beside SVD. */
export function scanBestChart(
  unedited: ClassificationMetrics | undefined,
  rows: readonly ScanRow[],
  label: (linear: LinearId) => string,
): Chart {
  const best = METHODS.map((method) => ({ method, rows: bestPerLinear(rows, method) }));
  const names = [...new Set(rows.map(({ linear }) => label(linear)))];
  const shown = [opponent(rows), "validation"] as const;
  return {
    summary: describe(rows, label),
    height: 340,
    table: {
      columns: ["linear", "method", "kept", "memorized", "validation"],
      rows: best
        .flatMap((one) => one.rows)
        .map(({ linear, edit, metrics }) => [
          label(linear),
          methodStyles[edit.method].name,
          editStrength(edit),
          value(metrics, "memorized"),
          metrics.validation,
        ]),
    },
    draw: (theme, width) => ({
      data: best.flatMap(({ method, rows: bestRows }) =>
        shown.map((metric) => bars(bestRows, method, metric, label, theme, width)),
      ),
      layout: {
        ...baseLayout(theme, width),
        barmode: "group",
        bargap: 0.3,
        bargroupgap: 0.08,
        xaxis: nameAxis(theme, names, width),
        yaxis: { ...shareAxis(theme, "accuracy"), range: [0, 1.03] },
        shapes: unedited ? shown.map((metric) => level(unedited[metric], metric, theme)) : [],
      },
    }),
  };
}

function points(
  rows: readonly ScanRow[],
  method: Method,
  against: "memorized" | "clean",
  label: (linear: LinearId) => string,
  theme: PlotTheme,
): Data {
  const own = rows.filter(({ edit }) => edit.method === method);
  const best = new Set(bestPerLinear(rows, method));
  const { name, colour, symbol } = methodStyles[method];
  return {
    type: "scatter",
    mode: "markers",
    name: name,
    x: own.map(({ metrics }) => metrics[against]),
    y: own.map(({ metrics }) => metrics.validation),
    customdata: own.map(({ linear, edit }) => `${label(linear)}<br>${name}, ${editStrength(edit)}`),
    hovertemplate: `%{customdata}<br>${against} %{x:.1%}<br>validation %{y:.1%}<extra></extra>`,
    marker: {
      color: theme.colour[colour],
      symbol,
      size: own.map((row) => (best.has(row) ? 12 : 6)),
      opacity: own.map((row) => (best.has(row) ? 1 : 0.55)),
      line: { width: 1.5, color: theme.colour[colour] },
    },
  };
}

function uneditedPoint(
  metrics: ClassificationMetrics,
  against: "memorized" | "clean",
  theme: PlotTheme,
): Data {
  const { name, colour, symbol } = methodStyles.none;
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: [metrics[against]],
    y: [metrics.validation],
    hovertemplate: `${name}<br>${against} %{x:.1%}<br>validation %{y:.1%}<extra></extra>`,
    marker: { color: theme.colour[colour], symbol, size: 14 },
  };
}

function bars(
  rows: readonly ScanRow[],
  method: Method,
  metric: "memorized" | "clean" | "validation",
  label: (linear: LinearId) => string,
  theme: PlotTheme,
  width: number,
): Data {
  const colour = theme.colour[metric];
  const { name } = methodStyles[method];
  return {
    type: "bar",
    ...groupEntry(method, metric, width),
    x: rows.map(({ linear }) => label(linear)),
    y: rows.map(({ metrics }) => metrics[metric]),
    customdata: rows.map(({ edit }) => editStrength(edit)),
    hovertemplate: `${name}, %{customdata}<br>${metric} %{y:.1%}<extra></extra>`,
    marker: methodFill(method, colour, theme),
  };
}

function level(value: number, metric: "memorized" | "clean" | "validation", theme: PlotTheme) {
  return {
    type: "line" as const,
    xref: "paper" as const,
    x0: 0,
    x1: 1,
    y0: value,
    y1: value,
    line: { color: theme.colour[metric], width: 1.5, dash: "dot" as const },
  };
}

function describe(rows: readonly ScanRow[], label: (linear: LinearId) => string): string {
  if (rows.length === 0) return "No edit has been evaluated yet.";
  const parts = METHODS.flatMap((method) => {
    const best = bestPerLinear(rows, method).toSorted((a, b) => gain(b.metrics) - gain(a.metrics))[0];
    if (!best) return [];
    const against = opponent(rows);
    const { [against]: other, validation } = best.metrics;
    const { name } = methodStyles[method];
    return [
      `Best ${name} edit: ${label(best.linear)}, ${editStrength(best.edit)}: ${against} ${percent(other)}, validation ${percent(validation)}.`,
    ];
  });
  return `${String(rows.length)} edits evaluated. ${parts.join(" ")}`;
}
