import type { EditSpec } from "../../stages/edit/types";
import type { ClassificationMetrics } from "../../stages/evaluation/types";
import { baseAxis, baseLayout, shareAxis } from "./base-layout";
import type { Chart } from "./chart";
import { editLabel } from "./edit-label";
import { metrics, metricStyles } from "./metric-style";
import { percent } from "./number-format";

export interface EvaluatedEdit {
  readonly edit: EditSpec;
  readonly metrics: ClassificationMetrics;
}

/** Narrower labels, in CSS pixels, take one more line. */
const LEAST_LABEL_WIDTH = 120;

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
        text: edits.map((one) => percent(one.metrics[metric], 0)),
        textposition: "outside" as const,
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
          ticktext: labels.map((label) =>
            width / labels.length < LEAST_LABEL_WIDTH
              ? label.replace(/,? (?=energy|own|\d|of)/g, "<br>")
              : label.replace(", ", "<br>"),
          ),
          color: theme.colour.text,
        },
        yaxis: { ...shareAxis(theme, "accuracy"), range: [0, 1.1] },
      },
    }),
  };
}
