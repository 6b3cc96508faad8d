import { useMemo } from "react";
import type { LinearSpectrum } from "../../stages/spectrum/types";
import { ChartFigure } from "./ChartFigure";
import { sourceSpectraChart, spectrumChart, type SourceSpectrum } from "./spectrum-figure";

export function SpectrumPlot(props: {
  readonly spectrum: LinearSpectrum;
  /** Factors of several texts, these of the spectrum among them; fewer than two are not compared. */
  readonly sources?: readonly SourceSpectrum[] | undefined;
  /** What the matrix is called on the page. */
  readonly name: string;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { spectrum, sources = [] } = props;
  const chart = useMemo(
    () => (sources.length > 1 ? sourceSpectraChart(sources) : spectrumChart(spectrum)),
    [spectrum, sources],
  );
  return <ChartFigure title={`Spectra of ${props.name}`} chart={chart} source={props.source} />;
}
