import { useMemo } from "react";
import type { TextTrainingSummary } from "../../stages/model/types";
import { ChartFigure } from "./ChartFigure";
import { textTrainingChart } from "./text-training-figure";

export function TextTrainingCurve(props: {
  readonly training: TextTrainingSummary;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const chart = useMemo(() => textTrainingChart(props.training), [props.training]);
  return <ChartFigure title="Recitation while training" chart={chart} source={props.source} />;
}
