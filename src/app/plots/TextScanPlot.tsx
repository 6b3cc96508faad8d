import { useMemo } from "react";
import type { TextMetrics } from "../../stages/evaluation/types";
import type { Linear } from "../../stages/model/types";
import { ChartFigure } from "./ChartFigure";
import { linearLabels } from "./linear-label";
import { textScanChart, textScanRows } from "./text-scan-figure";
import type { EvaluatedTextEdit } from "./text-tradeoff-figure";

/** One linear edited at a time; rows may come in one by one. */
export function TextScanPlot(props: {
  readonly rows: readonly EvaluatedTextEdit[];
  readonly linears: readonly Linear[];
  readonly unedited: TextMetrics | undefined;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { rows, linears, unedited } = props;
  const chart = useMemo(
    () => textScanChart(unedited, textScanRows(rows), linearLabels(linears)),
    [rows, linears, unedited],
  );
  return (
    <ChartFigure
      title="Single-layer edits"
      chart={chart}
      source={props.source}
      below={
        <p className="figure-note">
          Large marks: the best edit of their layer, by nDCG@10 minus strict. “Values” shows all numbers.
        </p>
      }
    />
  );
}
