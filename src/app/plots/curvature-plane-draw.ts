import { staircaseCorners } from "./curvature-plane-math";
import { planeImage, type PlaneColours, type ProductRange } from "./curvature-plane-image";
import { cellAt, cellEdges, type PlaneScale } from "./curvature-plane-scale";
import type { PlotTheme } from "./plot-theme";

/** Everything of the plane that does not depend on the energy, drawn once per spectrum, scale, size and theme. */
export interface PreparedPlane {
  readonly edgesX: Float64Array;
  readonly edgesY: Float64Array;
  readonly kept: OffscreenCanvas;
  readonly cut: OffscreenCanvas;
}

export function preparePlane(
  lambda: Float32Array,
  mu: Float32Array,
  scale: PlaneScale,
  size: { readonly width: number; readonly height: number },
  range: ProductRange,
  colours: PlaneColours,
): PreparedPlane {
  const edgesX = cellEdges(lambda, scale);
  const edgesY = cellEdges(mu, scale);
  const columns = Float64Array.from(
    { length: size.width },
    (_, x) => lambda[cellAt(edgesX, (x + 0.5) / size.width)] ?? 0,
  );
  const rows = Float64Array.from(
    { length: size.height },
    (_, y) => mu[cellAt(edgesY, (y + 0.5) / size.height)] ?? 0,
  );
  const paint = (map: Uint8ClampedArray): OffscreenCanvas => {
    const canvas = new OffscreenCanvas(size.width, size.height);
    canvas.getContext("2d")?.putImageData(planeImage(columns, rows, range, map), 0, 0);
    return canvas;
  };
  return { edgesX, edgesY, kept: paint(colours.kept), cut: paint(colours.cut) };
}

/** A band limit to draw: the staircase of its pairs and the label on it. */
export interface BandContour {
  readonly label: string;
  readonly keep: Uint32Array;
}

/** One frame: the cut picture, over it the kept one clipped to the staircase, then contours and the boundary. */
export function drawPlane(
  context: CanvasRenderingContext2D,
  plane: PreparedPlane,
  keep: Uint32Array,
  contours: readonly BandContour[],
  theme: PlotTheme,
  pixelRatio: number,
): void {
  const { width, height } = plane.kept;
  const boundary = tracer(plane, keep, width, height);
  context.drawImage(plane.cut, 0, 0);
  context.save();
  context.beginPath();
  boundary.region(context);
  context.clip();
  context.drawImage(plane.kept, 0, 0);
  context.restore();
  const labels: Point[] = [];
  for (const contour of contours) drawContour(context, plane, contour, labels, theme, pixelRatio);
  context.lineJoin = "round";
  // Two strokes: one of them stands out against any colour of the map.
  for (const [colour, thickness] of [
    [theme.colour["surface-raised"], 5],
    [theme.colour.memorized, 2.5],
  ] as const) {
    context.beginPath();
    boundary.line(context);
    context.strokeStyle = colour;
    context.lineWidth = thickness * pixelRatio;
    context.stroke();
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Slopes of the lines from the lower left on which a label may stand, the best first. */
const LABEL_SLOPES = [1, 0.4, 2.5, 0.15] as const;
/** CSS pixels that two labels need, one beside or above the other. */
const LABEL_ROOM = { x: 40, y: 16 } as const;

/** Draws the line and, where no label stands already, its own; `labels` are those drawn so far. */
function drawContour(
  context: CanvasRenderingContext2D,
  plane: PreparedPlane,
  { label, keep }: BandContour,
  labels: Point[],
  theme: PlotTheme,
  pixelRatio: number,
): void {
  const { width, height } = plane.kept;
  const contour = tracer(plane, keep, width, height);
  context.save();
  context.lineWidth = pixelRatio;
  context.strokeStyle = theme.colour.text;
  context.globalAlpha = 0.75;
  context.setLineDash([4 * pixelRatio, 3 * pixelRatio]);
  context.beginPath();
  contour.line(context);
  context.stroke();
  const isFree = ({ x, y }: Point): boolean =>
    labels.every(
      (other) =>
        Math.abs(other.x - x) > LABEL_ROOM.x * pixelRatio ||
        Math.abs(other.y - y) > LABEL_ROOM.y * pixelRatio,
    );
  const at = LABEL_SLOPES.map((slope) => contour.labelPlace(slope)).find(
    (place) => place !== undefined && isFree(place),
  );
  if (at) {
    labels.push(at);
    context.globalAlpha = 1;
    context.setLineDash([]);
    context.font = `600 ${String(11 * pixelRatio)}px ${theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 3.5 * pixelRatio;
    context.lineJoin = "round";
    context.strokeStyle = theme.colour["surface-raised"];
    context.strokeText(label, at.x, at.y);
    context.fillStyle = theme.colour.text;
    context.fillText(label, at.x, at.y);
  }
  context.restore();
}

/** Paths of a staircase in pixels; y points up in the plane and down on the canvas. */
function tracer(plane: PreparedPlane, keep: Uint32Array, width: number, height: number) {
  const corners = staircaseCorners(keep, plane.edgesX, plane.edgesY);
  const x = (at: number): number => (corners[2 * at] ?? 0) * width;
  const y = (at: number): number => (1 - (corners[2 * at + 1] ?? 0)) * height;
  const count = corners.length / 2;
  const line = (context: CanvasRenderingContext2D): void => {
    for (let at = 0; at < count; at++) {
      if (at === 0) context.moveTo(x(0), y(0));
      else context.lineTo(x(at), y(at));
    }
  };
  return {
    line,
    region(context: CanvasRenderingContext2D): void {
      line(context);
      if (count > 0) context.lineTo(x(count - 1), height);
      context.lineTo(0, height);
      context.closePath();
    },
    /** Where the boundary meets a line from the lower left, if it does so well inside. */
    labelPlace(slope: number): Point | undefined {
      for (let at = 1; at < count; at++) {
        if ((slope * x(at)) / width < 1 - y(at) / height) continue;
        const middle = { x: (x(at - 1) + x(at)) / 2, y: (y(at - 1) + y(at)) / 2 };
        const inside = middle.x > 0.04 * width && middle.x < 0.96 * width;
        return inside && middle.y > 0.04 * height && middle.y < 0.96 * height ? middle : undefined;
      }
      return undefined;
    },
  };
}
