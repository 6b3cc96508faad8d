import { useMemo } from "react";
import type { LinearBands } from "../../stages/spectrum/types";
import { bandChart } from "./band-figure";
import { ChartFigure } from "./ChartFigure";

export function BandPlot(props: {
  readonly bands: LinearBands;
  /** What the matrix is called on the page. */
  readonly name: string;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const chart = useMemo(() => bandChart(props.bands), [props.bands]);
  return (
    <ChartFigure
      title={`Band responses of ${props.name}`}
      chart={chart}
      source={props.source}
      below={
        <p className="figure-note">
          Hatched: SVD. Whiskers: one standard deviation over single images or passages, not of the mean.
        </p>
      }
    />
  );
}
