import { type RefObject, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { LinearSpectrum } from "../../stages/spectrum/types";
import { staircaseByCount, staircaseByEnergy } from "../../tensor/staircase";
import { Segmented } from "../controls/Segmented";
import type { ImageSource } from "./chart";
import { planeAxes, type PlaneAxesView } from "./curvature-plane-axes";
import { keptText, pairText, planeSummary, planePicture, planeTable } from "./curvature-plane-figure";
import { bandLimits, energyAtProduct } from "./curvature-plane-math";
import type { PlaneScale } from "./curvature-plane-scale";
import { EnergySlider, limited } from "./EnergySlider";
import { Figure } from "./Figure";
import { percent } from "./number-format";
import { PlaneAxes } from "./PlaneAxes";
import { PlaneCanvas, type Pair } from "./PlaneCanvas";
import { readPlotTheme } from "./plot-theme";
import { rasterize, svgFile } from "./rasterize";
import { titledSvg } from "./titled-svg";

const PLANE_HEIGHT = 300;
const FIGURE_HEIGHT = PLANE_HEIGHT + 44;

const scales = [
  { value: "log-rank", label: "Log rank" },
  { value: "rank", label: "Rank" },
  { value: "eigenvalue", label: "Eigenvalue" },
] as const;

/**
 * All pairs (i, j) of one linear by curvature product: λ falls to the right, μ upwards. What the energy keeps is
 * bright, and its boundary can be dragged: the staircase follows at once, before any edit is computed.
 */
export function CurvaturePlane(props: {
  readonly spectrum: LinearSpectrum;
  readonly energy: number;
  /** While the boundary or the slider moves. */
  readonly onEnergyChange: (energy: number) => void;
  /** When it is let go. */
  readonly onEnergyCommit: (energy: number) => void;
  readonly title?: string;
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { spectrum, energy, onEnergyChange, onEnergyCommit, title = "Curvature plane" } = props;
  const { lambda, mu } = spectrum;
  const [scale, setScale] = useState<PlaneScale>("log-rank");
  const [point, setPoint] = useState<Pair>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const image = useRef<ImageSource>(null);

  const axes = useMemo(() => planeAxes(spectrum, scale), [spectrum, scale]);
  const staircase = useMemo(() => staircaseByEnergy(lambda, mu, energy), [lambda, mu, energy]);
  const table = useMemo(() => planeTable(spectrum, staircase.keep), [spectrum, staircase]);
  const contours = useMemo(
    () =>
      bandLimits.map((limit) => ({
        label: percent(limit, 0),
        keep: staircaseByCount(lambda, mu, Math.round(limit * lambda.length * mu.length)).keep,
      })),
    [lambda, mu],
  );
  const all = lambda.length * mu.length;
  const summary = planeSummary(spectrum, energy, staircase.pairs);
  usePlanePicture(image, canvas, title, keptText(energy, staircase.pairs / all), axes);

  return (
    <Figure
      title={title}
      source={props.source}
      table={table}
      image={image}
      height={FIGURE_HEIGHT}
      below={
        <>
          <p className="figure-note plane-point">
            {point
              ? pairText(spectrum, staircase.keep, point.i, point.j)
              : "Bright: kept. Grey: cut. Dashed: the first 10, 25 and 50 % of pairs. Drag the border."}
          </p>
          <EnergySlider
            energy={energy}
            pairShare={staircase.pairs / all}
            onChange={onEnergyChange}
            onCommit={onEnergyCommit}
          />
          <Segmented label="Axes" choices={scales} value={scale} onChange={setScale} />
        </>
      }
    >
      <PlaneAxes axes={axes}>
        <PlaneCanvas
          canvas={canvas}
          spectrum={spectrum}
          scale={scale}
          height={PLANE_HEIGHT}
          keep={staircase.keep}
          contours={contours}
          label={summary}
          onPoint={setPoint}
          onDrag={({ i, j }) =>
            onEnergyChange(limited(energyAtProduct(lambda, mu, (lambda[i] ?? 0) * (mu[j] ?? 0))))
          }
          onDragEnd={() => onEnergyCommit(energy)}
        />
      </PlaneAxes>
    </Figure>
  );
}

/** Exports of the plane: what the canvas shows now, with axes, title and a sentence. */
function usePlanePicture(
  image: RefObject<ImageSource | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  title: string,
  caption: string,
  axes: PlaneAxesView,
): void {
  useImperativeHandle(image, () => {
    const svg = (): string => {
      const drawn = canvas.current;
      if (drawn === null) throw new Error("CurvaturePlane: nothing is drawn yet");
      const theme = readPlotTheme(drawn.parentElement ?? document.body);
      const { clientWidth: width, clientHeight: height } = drawn;
      const picture = planePicture(drawn.toDataURL("image/png"), { width, height }, axes, caption, theme);
      return titledSvg(picture.svg, title, picture, theme);
    };
    return {
      svg: () => Promise.resolve(svgFile(svg())),
      png: () => rasterize(svg(), 2),
    };
  }, [canvas, title, caption, axes]);
}
