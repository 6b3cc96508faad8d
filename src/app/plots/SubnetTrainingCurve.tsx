import { useMemo } from "react";
import type { SubnetTraining } from "../../stages/edit/types";
import { ChartFigure } from "./ChartFigure";
import { subnetTrainingChart } from "./subnet-training-figure";

export function SubnetTrainingCurve(props: {
  readonly training: Pick<SubnetTraining, "curve" | "steps">;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const chart = useMemo(() => subnetTrainingChart(props.training), [props.training]);
  return <ChartFigure title="Losses while the mask is learned" chart={chart} source={props.source} />;
}
