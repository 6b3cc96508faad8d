import { useMemo } from "react";
import type { EditSummary, KeptDensity } from "../../stages/edit/types";
import { ChartFigure } from "./ChartFigure";
import { keptDensityChart } from "./kept-density-figure";

/** Where in the plane an edit keeps pairs that does not keep them under one border. */
export function KeptDensityPlot(props: {
  readonly density: KeptDensity;
  readonly kept: EditSummary;
  readonly colour: "kfac" | "control";
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { density, kept, colour } = props;
  const chart = useMemo(() => keptDensityChart(density, kept, colour), [density, kept, colour]);
  return (
    <ChartFigure
      title="Kept pairs by rank"
      chart={chart}
      source={props.source}
      below={
        <p className="figure-note">
          This edit has no border to drag: it does not take the pairs in the order of λμ. Colour: the share of
          each cell that is kept.
        </p>
      }
    />
  );
}
