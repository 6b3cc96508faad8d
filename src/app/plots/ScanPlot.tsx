import { useMemo } from "react";
import type { ClassificationMetrics } from "../../stages/evaluation/types";
import type { Linear } from "../../stages/model/types";
import { ChartFigure } from "./ChartFigure";
import type { EvaluatedEdit } from "./comparison-figure";
import { linearLabels } from "./linear-label";
import { opponent, scanBestChart, scanChart, scanRows } from "./scan-figure";

/** One linear edited at a time: all edits as points, and the best of each linear. Rows may come in one by one. */
export function ScanPlot(props: {
  readonly rows: readonly EvaluatedEdit[];
  readonly linears: readonly Linear[];
  readonly unedited: ClassificationMetrics | undefined;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { rows, linears, unedited, source } = props;
  const [all, best, against] = useMemo(() => {
    const label = linearLabels(linears);
    const single = scanRows(rows);
    return [scanChart(unedited, single, label), scanBestChart(unedited, single, label), opponent(single)];
  }, [rows, linears, unedited]);
  return (
    <>
      <ChartFigure
        title="Single-layer edits"
        chart={all}
        source={source}
        below={<p className="figure-note">Large marks: the best edit of their layer.</p>}
      />
      <ChartFigure
        title="Best edit of each layer"
        chart={best}
        source={source}
        below={
          <p className="figure-note">
            Best: the largest validation {against === "memorized" ? "minus memorized " : ""}accuracy. Hatched:
            SVD. Dotted: the unedited model.
          </p>
        }
      />
    </>
  );
}
