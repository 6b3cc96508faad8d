import type { Data } from "plotly.js";
import type { EditSpec } from "../../stages/edit/types";
import type { TextMetrics } from "../../stages/evaluation/types";
import type { LinearId } from "../../stages/model/types";
import { baseLayout, closeShareAxis, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import { editLabel, keptShare, methodName } from "./edit-label";
import { percent } from "./number-format";
import type { PlotTheme } from "./plot-theme";
import { strengthLines, strengthTrace, type StrengthLine } from "./strength-lines";

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
  // Of one selection and one set of matrices, since strengths of others are not comparable.
  const lines = strengthLines(edits, (edit) =>
    edit.method === "none" ? undefined : `${methodName(edit)} ${matricesOf(edit)}`,
  );
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
        ...baseLayout(
          theme,
          width,
          lines.map(([first]) => name(first)),
        ),
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

function matricesOf(edit: EditSpec): string {
  return edit.method === "none" ? "" : edit.linears.toSorted().join();
}

function trace(line: StrengthLine<EvaluatedTextEdit>, name: string, theme: PlotTheme): Data {
  return {
    ...strengthTrace(
      line,
      {
        name,
        x: ({ metrics }) => metrics.planted.strict,
        y: ({ metrics }) => metrics.ndcg,
        hover: "strict %{x:.1%}<br>nDCG@10 %{y:.3f}",
      },
      theme,
    ),
    cliponaxis: false,
  };
}

function describe({ edit, metrics }: EvaluatedTextEdit): string {
  return `${editLabel(edit)}: strict ${percent(metrics.planted.strict)}, nDCG@10 ${metrics.ndcg.toFixed(3)}.`;
}
