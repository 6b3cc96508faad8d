import { useMemo } from "react";
import type { EpochBands } from "../../engine/api";
import { bandGrowthChart } from "./band-growth-figure";
import { ChartFigure } from "./ChartFigure";

/** The bands of the last layer's fc2 as they form. */
export function BandGrowth(props: {
  readonly points: readonly EpochBands[];
  readonly epochs: number;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { points, epochs } = props;
  const chart = useMemo(() => bandGrowthChart(points, epochs), [points, epochs]);
  return (
    <ChartFigure title="Bands while training, fc2 of the last layer" chart={chart} source={props.source} />
  );
}
