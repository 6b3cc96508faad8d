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
import type { Chart, Drawing, ImageSource } from "./chart";
import { loadPlotly } from "./load-plotly";
import { plotThemeKey, type PlotTheme, readPlotTheme, watchPlotTheme } from "./plot-theme";
import { dataUrlToBlob } from "./table-export";
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

  const picture = useCallback(
    async (format: "png" | "svg"): Promise<Blob> => {
      if (box.current === null) throw new Error("PlotlyChart: nothing is drawn yet");
      const plotly = await loadPlotly();
      const theme = readPlotTheme(box.current);
      const { data, layout } = withTitle(chart.draw(theme, width), title, theme);
      const size = { width, height: chart.height + TITLE_HEIGHT };
      const figure = { data, layout: { ...layout, ...size } };
      const scale = format === "png" ? EXPORT_SCALE : 1;
      return dataUrlToBlob(await plotly.toImage(figure, { format, ...size, scale }));
    },
    [chart, title, width],
  );
  useImperativeHandle(ref, () => ({ png: () => picture("png"), svg: () => picture("svg") }), [picture]);

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

const TITLE_HEIGHT = 30;

/** A picture that leaves the page says itself what it shows, on an opaque ground. */
function withTitle({ data, layout }: Drawing, title: string, { colour }: PlotTheme): Drawing {
  return {
    data,
    layout: {
      ...layout,
      paper_bgcolor: colour["surface-raised"],
      title: { text: title, x: 0.02, y: 0.985, yanchor: "top", font: { size: 15, color: colour.text } },
      margin: { ...layout.margin, t: (layout.margin?.t ?? 0) + TITLE_HEIGHT },
    },
  };
}
