import { useMemo } from "react";
import { ChartFigure } from "./ChartFigure";
import { comparisonChart, type EvaluatedEdit } from "./comparison-figure";

/** The accuracies of several edits side by side. */
export function ComparisonPlot(props: {
  readonly edits: readonly EvaluatedEdit[];
  readonly source?: string | undefined;
}): React.JSX.Element {
  const chart = useMemo(() => comparisonChart(props.edits), [props.edits]);
  return <ChartFigure title="Accuracy by edit" chart={chart} source={props.source} />;
}
