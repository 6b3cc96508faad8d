import type { Data } from "plotly.js";
import type { EditSpec } from "../../stages/edit/types";
import type { TextMetrics } from "../../stages/evaluation/types";
import type { LinearId } from "../../stages/model/types";
import { baseLayout, closeShareAxis, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import {
  editLabel,
  editStrength,
  hasOwnEnergies,
  keptShare,
  lineLook,
  methodName,
  methodStyles,
} from "./edit-label";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";

export interface EvaluatedTextEdit {
  readonly edit: EditSpec;
  readonly metrics: TextMetrics;
}

/**
 * What is kept against what is forgotten: nDCG@10 of fresh text (up) against strict recitation (right), one line per
 * method along its strengths. The upper left corner is the goal (numbers of the paper's Figure 3 and Table 2).
 */
export function textTradeoffChart(
  unedited: TextMetrics,
  edits: readonly EvaluatedTextEdit[],
  linearsName: (linears: readonly LinearId[]) => string,
): Chart {
  const start: EvaluatedTextEdit = { edit: { method: "none" }, metrics: unedited };
  const lines = linesOf(edits);
  const sets = new Set(lines.map(([first]) => matricesOf(first.edit)));
  const name = ({ edit }: EvaluatedTextEdit): string =>
    sets.size > 1 && edit.method !== "none"
      ? `${methodName(edit)}, ${linearsName(edit.linears)}`
      : methodName(edit);
  const all = [start, ...lines.flat()];
  return {
    summary: all.map(describe).join(" "),
    height: 340,
    table: {
      columns: [
        "method",
        "matrices",
        "kept share",
        "strict",
        "loose",
        "Levenshtein",
        "nDCG@10",
        "perplexity",
      ],
      rows: all.map(({ edit, metrics }) => [
        methodName(edit),
        edit.method === "none" ? "" : linearsName(edit.linears),
        keptShare(edit),
        metrics.planted.strict,
        metrics.planted.loose ?? null,
        metrics.planted.levenshtein ?? null,
        metrics.ndcg,
        metrics.perplexity,
      ]),
    },
    draw: (theme, width) => ({
      data: [trace([start], name(start), theme), ...lines.map((line) => trace(line, name(line[0]), theme))],
      layout: {
        ...baseLayout(theme, width),
        xaxis: shareAxis(theme, "planted passages recited (less is better)"),
        yaxis: closeShareAxis(
          theme,
          "nDCG@10 on fresh text",
          all.map(({ metrics }) => metrics.ndcg),
          (tick) => tick.toFixed(2),
        ),
      },
    }),
  };
}

type Line = readonly [EvaluatedTextEdit, ...EvaluatedTextEdit[]];

/**
 * One line per method, selection and set of matrices, the strongest cut first. Edits with own energies have no one
 * strength to stand in a line by: they are single points.
 */
function linesOf(edits: readonly EvaluatedTextEdit[]): Line[] {
  const lines = new Map<string, EvaluatedTextEdit[]>();
  for (const one of edits) {
    if (one.edit.method === "none") continue;
    const key = `${methodName(one.edit)} ${matricesOf(one.edit)}`;
    lines.set(key, [...(lines.get(key) ?? []), one]);
  }
  return [...lines.values()].flatMap((line) => {
    const [first, ...rest] = line.toSorted((a, b) => keptShare(a.edit) - keptShare(b.edit));
    return first === undefined ? [] : [[first, ...rest] as const];
  });
}

function matricesOf(edit: EditSpec): string {
  return edit.method === "none" ? "" : edit.linears.toSorted().join();
}

function trace(line: Line, name: string, theme: PlotTheme): Data {
  const { edit } = line[0];
  const { colour } = methodStyles[edit.method];
  const { dash, symbol } = lineLook(edit);
  return {
    type: "scatter",
    mode: line.length > 1 && !hasOwnEnergies(edit) ? "lines+markers" : "markers",
    cliponaxis: false,
    name,
    x: line.map(({ metrics }) => metrics.planted.strict),
    y: line.map(({ metrics }) => metrics.ndcg),
    customdata: line.map((one) => editStrength(one.edit)),
    hovertemplate: "%{customdata}<br>strict %{x:.1%}<br>nDCG@10 %{y:.3f}",
    line: {
      color: theme.colour[colour],
      width: 2,
      dash,
    },
    marker: {
      color: theme.colour[colour],
      symbol,
      size: edit.method === "none" ? 13 : 9,
      line: { width: 1.5, color: theme.colour[colour] },
    },
  };
}

function describe({ edit, metrics }: EvaluatedTextEdit): string {
  return `${editLabel(edit)}: strict ${percent(metrics.planted.strict)}, nDCG@10 ${metrics.ndcg.toFixed(3)}.`;
}
