import { type ReactNode, useRef } from "react";
import type { Chart, ImageSource } from "./chart";
import { Figure } from "./Figure";
import { PlotlyChart } from "./PlotlyChart";

/** A chart in its frame. */
export function ChartFigure(props: {
  readonly title: string;
  readonly chart: Chart;
  readonly explain?: ReactNode;
  readonly source?: string | undefined;
  readonly below?: ReactNode;
}): React.JSX.Element {
  const image = useRef<ImageSource>(null);
  const { title, chart } = props;
  return (
    <Figure
      title={title}
      explain={props.explain}
      source={props.source}
      below={props.below}
      table={chart.table}
      image={image}
      height={chart.height}
    >
      <PlotlyChart ref={image} chart={chart} title={title} />
    </Figure>
  );
}
