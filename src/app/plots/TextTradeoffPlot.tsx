import { useMemo } from "react";
import type { TextMetrics } from "../../stages/evaluation/types";
import type { LinearId } from "../../stages/model/types";
import { ChartFigure } from "./ChartFigure";
import { textTradeoffChart, type EvaluatedTextEdit } from "./text-tradeoff-figure";

/** What is kept against what is forgotten, along the strengths of each method. */
export function TextTradeoffPlot(props: {
  readonly unedited: TextMetrics;
  readonly edits: readonly EvaluatedTextEdit[];
  readonly linearsName: (linears: readonly LinearId[]) => string;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { unedited, edits, linearsName } = props;
  const chart = useMemo(
    () => textTradeoffChart(unedited, edits, linearsName),
    [unedited, edits, linearsName],
  );
  return <ChartFigure title="Recited against nDCG@10" chart={chart} source={props.source} />;
}
