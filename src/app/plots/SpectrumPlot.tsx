import { useMemo } from "react";
import type { LinearSpectrum } from "../../stages/spectrum/types";
import { ChartFigure } from "./ChartFigure";
import { spectrumChart } from "./spectrum-figure";

export function SpectrumPlot(props: {
  readonly spectrum: LinearSpectrum;
  /** What the matrix is called on the page. */
  readonly name: string;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const chart = useMemo(() => spectrumChart(props.spectrum), [props.spectrum]);
  return <ChartFigure title={`Spectra of ${props.name}`} chart={chart} source={props.source} />;
}
