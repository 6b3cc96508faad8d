import { useMemo } from "react";
import type { TrainingSummary } from "../../stages/model/types";
import { ChartFigure } from "./ChartFigure";
import { trainingChart } from "./training-figure";

export function TrainingCurve(props: {
  readonly training: TrainingSummary;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const chart = useMemo(() => trainingChart(props.training), [props.training]);
  return <ChartFigure title="Accuracy while training" chart={chart} source={props.source} />;
}
