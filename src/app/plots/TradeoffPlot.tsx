import { useMemo } from "react";
import type { ClassificationMetrics } from "../../stages/evaluation/types";
import { ChartFigure } from "./ChartFigure";
import type { EvaluatedEdit } from "./comparison-figure";
import { type Metric, metricStyles } from "./metric-style";
import { tradeoffChart } from "./tradeoff-figure";

/** One accuracy against the memorized one, along the strengths of each method. */
export function TradeoffPlot(props: {
  readonly unedited: ClassificationMetrics;
  readonly edits: readonly EvaluatedEdit[];
  readonly metric: Exclude<Metric, "memorized">;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { unedited, edits, metric } = props;
  const chart = useMemo(() => tradeoffChart(unedited, edits, metric), [unedited, edits, metric]);
  return (
    <ChartFigure
      title={`Memorized against ${metricStyles[metric].name} accuracy`}
      chart={chart}
      source={props.source}
    />
  );
}
