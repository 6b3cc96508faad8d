import type { LayoutAxis } from "plotly.js";
import type { EditSpec } from "../../stages/edit/types";
import type { ClassificationMetrics } from "../../stages/evaluation/types";
import { baseAxis, baseLayout, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import { editLabel, editStrength, styledName } from "./edit-label";
import { metrics, metricStyles, type Metric } from "./metric-style";
import { percent } from "./number-format";

export interface EvaluatedEdit {
  readonly edit: EditSpec;
  readonly metrics: ClassificationMetrics;
}

/** CSS pixels that the margins of a plot and a letter of a name take. */
const MARGINS = 70;
const LETTER = 7;
/** The longest word of a name, "coefficients". Where it does not fit, names are slanted. */
const LONGEST = 12;

/** What stands below the bars: level in as many lines as it takes, or, where there is no room, slanted and shorter. */
function namesBelow(edits: readonly EvaluatedEdit[], width: number): Partial<LayoutAxis> {
  const letters = Math.floor((width - MARGINS) / edits.length / LETTER);
  const level = letters >= LONGEST;
  return {
    ticktext: edits.map(({ edit }) => (level ? levelName(edit, letters) : styledName(edit))),
    tickangle: level ? 0 : -50,
    ...(level ? {} : { tickfont: { size: 11 } }),
  };
}

/** The name and below it how much is kept; of controls as much as of the edit beside them. */
function levelName(edit: EditSpec, letters: number): string {
  const parts = [styledName(edit), edit.method === "control" ? "" : editStrength(edit)];
  return parts.flatMap((part) => (part === "" ? [] : inLines(part, letters))).join("<br>");
}

/** Breaks a text between words, with no line longer than so many letters unless a word is. */
function inLines(text: string, letters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.replaceAll(" %", "\u00a0%").split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && longer.length <= letters) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** CSS pixels that "100 %" and "99" take, and the share of a name's room that its four bars fill. */
const SHARE = 30;
const NUMBER = 17;
const FILLED = 0.69;

/** Accuracies above their bars, where they can be read: the axis has the unit, the pointer finds the number. */
function numbersAbove(edits: readonly EvaluatedEdit[], metric: Metric, width: number) {
  const bar = (FILLED * (width - MARGINS)) / edits.length / metrics.length;
  const texts = edits.map((one) => percent(one.metrics[metric], 0));
  if (bar < NUMBER) return { textposition: "none" as const };
  const text = bar < SHARE ? texts.map((one) => one.replace(" %", "")) : texts;
  return { text, textposition: "outside" as const };
}

/** The accuracies of several edits side by side, in the order given (paper, Figure 4 bottom). */
export function comparisonChart(edits: readonly EvaluatedEdit[]): Chart {
  const labels = edits.map(({ edit }) => editLabel(edit));
  return {
    summary: edits
      .map((one, index) => {
        const values = metrics.map(
          (metric) => `${metricStyles[metric].name} ${percent(one.metrics[metric])}`,
        );
        return `${labels[index] ?? ""}: ${values.join(", ")}.`;
      })
      .join(" "),
    height: 300,
    table: {
      columns: ["edit", ...metrics.map((metric) => metricStyles[metric].name)],
      rows: edits.map((one, index) => [labels[index] ?? "", ...metrics.map((metric) => one.metrics[metric])]),
    },
    draw: (theme, width) => ({
      data: metrics.map((metric) => ({
        type: "bar" as const,
        name: metricStyles[metric].name,
        // A number, not the label, is the category: two edits may share a label.
        x: edits.map((_, index) => index),
        y: edits.map((one) => one.metrics[metric]),
        customdata: labels,
        ...numbersAbove(edits, metric, width),
        textangle: 0,
        cliponaxis: false,
        textfont: { size: 11, color: theme.colour.text },
        hovertemplate: "%{customdata}<br>%{y:.1%}",
        marker: { color: theme.colour[metricStyles[metric].colour] },
      })),
      layout: {
        ...baseLayout(theme, width),
        barmode: "group",
        bargap: 0.25,
        bargroupgap: 0.08,
        xaxis: {
          ...baseAxis(theme, ""),
          ticks: "",
          showgrid: false,
          tickmode: "array",
          tickvals: edits.map((_, index) => index),
          ...namesBelow(edits, width),
          color: theme.colour.text,
        },
        yaxis: { ...shareAxis(theme, "accuracy"), range: [0, 1.1] },
      },
    }),
  };
}
