import type { Config } from "plotly.js";
import {
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Chart, ImageSource } from "./chart";
import { loadPlotly } from "./load-plotly";
import { plotThemeKey, readPlotTheme, watchPlotTheme } from "./plot-theme";
import { rasterize, svgFile } from "./rasterize";
import { dataUrlToBlob } from "./table-export";
import { titledSvg } from "./titled-svg";
import { useWidth } from "./use-width";

const CONFIG: Partial<Config> = {
  displayModeBar: false,
  scrollZoom: false,
  doubleClick: false,
  responsive: false,
};
/** Exported pictures are sharp in print. */
const EXPORT_SCALE = 3;

/** The one place that touches Plotly: draws a chart in the width of its container and in the colours that hold there. */
export function PlotlyChart(props: {
  readonly chart: Chart;
  readonly title: string;
  readonly ref: Ref<ImageSource>;
}): React.JSX.Element {
  const { chart, title, ref } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const scheme = useSyncExternalStore(watchPlotTheme, plotThemeKey);
  const [fault, setFault] = useState<string>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const target = box.current;
    if (target === null || width === 0) return;
    let stale = false;
    loadPlotly()
      .then(async (plotly) => {
        if (stale) return;
        const { data, layout } = chart.draw(readPlotTheme(target), width);
        await plotly.react(target, data, { ...layout, width, height: chart.height }, CONFIG);
      })
      .catch((error: unknown) => {
        if (!stale) setFault(error instanceof Error ? error.message : String(error));
      });
    return () => {
      stale = true;
    };
  }, [chart, width, scheme, attempt]);

  useEffect(() => {
    const target = box.current;
    return () => {
      if (target !== null) void loadPlotly().then((plotly) => plotly.purge(target));
    };
  }, []);

  const picture = useCallback(async (): Promise<string> => {
    if (box.current === null) throw new Error("PlotlyChart: nothing is drawn yet");
    const plotly = await loadPlotly();
    const theme = readPlotTheme(box.current);
    const size = { width, height: chart.height };
    const { data, layout } = chart.draw(theme, width);
    const url = await plotly.toImage({ data, layout: { ...layout, ...size } }, { format: "svg", ...size });
    return titledSvg(await dataUrlToBlob(url).text(), title, size, theme);
  }, [chart, title, width]);
  useImperativeHandle(
    ref,
    () => ({
      png: async () => rasterize(await picture(), EXPORT_SCALE),
      svg: async () => svgFile(await picture()),
    }),
    [picture],
  );

  return (
    <>
      <div ref={box} className="plot" role="img" aria-label={`${title}. ${chart.summary}`} />
      {fault !== undefined && (
        <div className="plot-fault" role="alert">
          <p>The picture could not be drawn ({fault}). Its values are in the table and the exports.</p>
          <button
            type="button"
            onClick={() => {
              setFault(undefined);
              setAttempt(attempt + 1);
            }}
          >
            Try again
          </button>
        </div>
      )}
    </>
  );
}
