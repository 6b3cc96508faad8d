import { type PointerEvent, type RefObject, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { LinearSpectrum } from "../../stages/spectrum/types";
import { parseRgb, toOklab } from "./colour-map";
import { type BandContour, drawPlane, type PreparedPlane, preparePlane } from "./curvature-plane-draw";
import { planeColours, productRange } from "./curvature-plane-image";
import { cellAt, cellEdges, type PlaneScale } from "./curvature-plane-scale";
import { plotThemeKey, type PlotTheme, readPlotTheme, watchPlotTheme } from "./plot-theme";
import { useWidth } from "./use-width";

/** A pair of the plane by its ranks from 0. */
export interface Pair {
  readonly i: number;
  readonly j: number;
}

/** The picture of the plane; what a pointer on it means is the caller's. */
export function PlaneCanvas(props: {
  readonly spectrum: LinearSpectrum;
  readonly scale: PlaneScale;
  readonly height: number;
  readonly keep: Uint32Array;
  readonly contours: readonly BandContour[];
  readonly label: string;
  readonly onPoint: (pair: Pair | undefined) => void;
  readonly onDrag: (pair: Pair) => void;
  readonly onDragEnd: () => void;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
}): React.JSX.Element {
  const { spectrum, scale, height, keep, contours, canvas, onPoint, onDrag, onDragEnd } = props;
  const { lambda, mu } = spectrum;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const scheme = useSyncExternalStore(watchPlotTheme, plotThemeKey);
  const prepared = useRef<{ readonly plane: PreparedPlane; readonly theme: PlotTheme }>(undefined);
  const dragging = useRef(false);
  const edges = useMemo(() => [cellEdges(lambda, scale), cellEdges(mu, scale)] as const, [lambda, mu, scale]);

  useEffect(() => {
    if (canvas.current === null || box.current === null || width === 0) return;
    const ratio = devicePixelRatio;
    const size = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    Object.assign(canvas.current, size);
    const theme = readPlotTheme(box.current);
    const dark = toOklab(parseRgb(theme.colour["surface-raised"]))[0] < 0.5;
    const colours = planeColours(dark);
    const plane = preparePlane(lambda, mu, scale, size, productRange(lambda, mu), colours);
    prepared.current = { plane, theme };
  }, [canvas, lambda, mu, scale, width, height, scheme]);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !prepared.current) return;
    const { plane, theme } = prepared.current;
    drawPlane(context, plane, keep, contours, theme, devicePixelRatio);
  }, [canvas, keep, contours, lambda, mu, scale, width, height, scheme]);

  const pairAt = (event: PointerEvent<HTMLCanvasElement>): Pair => {
    const area = event.currentTarget.getBoundingClientRect();
    const share = (value: number): number => Math.min(1, Math.max(0, value));
    return {
      i: cellAt(edges[0], share((event.clientX - area.left) / area.width)),
      j: cellAt(edges[1], share((area.bottom - event.clientY) / area.height)),
    };
  };
  const endDrag = (): void => {
    if (dragging.current) onDragEnd();
    dragging.current = false;
  };

  return (
    <div ref={box} className="plane-canvas" style={{ height: `${String(height)}px` }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={props.label}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          dragging.current = true;
          onDrag(pairAt(event));
        }}
        onPointerMove={(event) => {
          const pair = pairAt(event);
          onPoint(pair);
          if (dragging.current) onDrag(pair);
        }}
        onPointerUp={endDrag}
        onPointerCancel={endDrag}
        onPointerLeave={() => onPoint(undefined)}
      />
    </div>
  );
}
