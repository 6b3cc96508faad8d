import { Component, lazy, Suspense, type ReactNode } from "react";

/** The plots, each fetched when it is first shown, in a place that is kept free for it before. */

export const TrainingCurve = lazy(async () => ({
  default: (await import("../plots/TrainingCurve")).TrainingCurve,
}));
export const TextTrainingCurve = lazy(async () => ({
  default: (await import("../plots/TextTrainingCurve")).TextTrainingCurve,
}));
export const CurvaturePlane = lazy(async () => ({
  default: (await import("../plots/CurvaturePlane")).CurvaturePlane,
}));
export const KeptDensityPlot = lazy(async () => ({
  default: (await import("../plots/KeptDensityPlot")).KeptDensityPlot,
}));
export const SearchPlot = lazy(async () => ({
  default: (await import("../plots/SearchPlot")).SearchPlot,
}));
export const BandPlot = lazy(async () => ({ default: (await import("../plots/BandPlot")).BandPlot }));
export const BandHeatmap = lazy(async () => ({
  default: (await import("../plots/BandHeatmap")).BandHeatmap,
}));
export const SpectrumPlot = lazy(async () => ({
  default: (await import("../plots/SpectrumPlot")).SpectrumPlot,
}));
export const ScanPlot = lazy(async () => ({ default: (await import("../plots/ScanPlot")).ScanPlot }));
export const TextScanPlot = lazy(async () => ({
  default: (await import("../plots/TextScanPlot")).TextScanPlot,
}));
export const ComparisonPlot = lazy(async () => ({
  default: (await import("../plots/ComparisonPlot")).ComparisonPlot,
}));
export const TradeoffPlot = lazy(async () => ({
  default: (await import("../plots/TradeoffPlot")).TradeoffPlot,
}));
export const TextTradeoffPlot = lazy(async () => ({
  default: (await import("../plots/TextTradeoffPlot")).TextTradeoffPlot,
}));
export const BandGrowth = lazy(async () => ({ default: (await import("../plots/BandGrowth")).BandGrowth }));
export const SubnetTrainingCurve = lazy(async () => ({
  default: (await import("../plots/SubnetTrainingCurve")).SubnetTrainingCurve,
}));
export const DecayPlot = lazy(async () => ({ default: (await import("../plots/DecayPlot")).DecayPlot }));

/** `height` in CSS pixels: at least as much as the plot will take, so that nothing below moves. */
export function LazyPlot({
  height,
  missing,
  children,
}: {
  readonly height: number;
  /** Why there will be no plot, if there will be none. */
  readonly missing?: string | undefined;
  readonly children: ReactNode;
}): React.JSX.Element {
  const waiting = <p className="plot-waiting">{missing ?? "Not computed yet."}</p>;
  const nothing = children === undefined || children === false || children === null;
  return (
    <div className="plot-place" style={{ minHeight: `${String(height)}px` }}>
      {nothing ? (
        waiting
      ) : (
        <PlotBoundary>
          <Suspense fallback={<p className="plot-waiting">Fetching the plot.</p>}>{children}</Suspense>
        </PlotBoundary>
      )}
    </div>
  );
}

/** A plot whose code cannot be fetched, or that fails, leaves the rest of the lab as it is. */
class PlotBoundary extends Component<
  { readonly children: ReactNode },
  { readonly fault: string | undefined }
> {
  override state: { readonly fault: string | undefined } = { fault: undefined };

  static getDerivedStateFromError(error: unknown): { readonly fault: string } {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.fault === undefined) return this.props.children;
    return (
      <div className="plot-waiting" role="alert">
        <p>This plot cannot be shown: {this.state.fault}</p>
        <button type="button" onClick={() => this.setState({ fault: undefined })}>
          Try again
        </button>
      </div>
    );
  }
}
