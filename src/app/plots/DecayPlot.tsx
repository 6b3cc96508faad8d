import { useMemo } from "react";
import type { DecayRun } from "../../engine/client";
import type { Linear } from "../../stages/model/types";
import type { SpectrumSpec } from "../../stages/spectrum/types";
import { ChartFigure } from "./ChartFigure";
import { decayChart, type Side } from "./decay-figure";
import { linearLabels } from "./linear-label";

/** Disentanglement against weight decay, K-FAC beside SVD. */
export function DecayPlot(props: {
  readonly runs: readonly DecayRun[];
  readonly order: SpectrumSpec["bandOrder"];
  readonly side: Side;
  readonly chosen: number | undefined;
  readonly linears: readonly Linear[];
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { runs, order, side, chosen, linears } = props;
  const chart = useMemo(
    () => decayChart(runs, order, side, chosen, linearLabels(linears)),
    [runs, order, side, chosen, linears],
  );
  return <ChartFigure title="Disentanglement against weight decay" chart={chart} source={props.source} />;
}
