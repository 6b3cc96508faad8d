import type * as PlotlyBundle from "./plotly-bundle";

let loading: Promise<typeof PlotlyBundle> | undefined;

/** One chunk for all figures, fetched when the first one is drawn. A failed fetch is forgotten, so it can be retried. */
export function loadPlotly(): Promise<typeof PlotlyBundle> {
  loading ??= import("./plotly-bundle").catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
