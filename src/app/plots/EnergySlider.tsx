import { useId } from "react";
import { percent, smallPercent } from "./number-format";

const STEP = 0.005;
const PAGE = 0.05;
export const MIN_ENERGY = 0.01;

/** The energy by keyboard or thumb: arrows 0.5 %, page keys 5 %, Home and End the ends. */
export function EnergySlider(props: {
  readonly energy: number;
  /** Kept share of all pairs at this energy. */
  readonly pairShare: number;
  readonly onChange: (energy: number) => void;
  readonly onCommit: (energy: number) => void;
}): React.JSX.Element {
  const { energy, onChange, onCommit } = props;
  const id = useId();
  const jump = (by: number): void => {
    const next = limited(energy + by);
    onChange(next);
    onCommit(next);
  };
  return (
    <div className="energy-slider">
      <label htmlFor={id}>Energy kept</label>
      <input
        id={id}
        type="range"
        min={MIN_ENERGY}
        max={1}
        step={STEP}
        value={energy}
        aria-valuetext={`${percent(energy)} of the curvature energy, ${smallPercent(props.pairShare)} of pairs`}
        onChange={(event) => onChange(limited(Number(event.target.value)))}
        onPointerUp={(event) => onCommit(limited(Number(event.currentTarget.value)))}
        onKeyDown={(event) => {
          if (event.key !== "PageUp" && event.key !== "PageDown") return;
          event.preventDefault();
          jump(event.key === "PageUp" ? PAGE : -PAGE);
        }}
        onKeyUp={(event) => {
          if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") onCommit(energy);
        }}
      />
      <output htmlFor={id}>
        <strong>{percent(energy)}</strong> of the energy in <strong>{smallPercent(props.pairShare)}</strong>{" "}
        of the pairs
      </output>
    </div>
  );
}

/** Within the range and without binary rounding, which links and exports would show. */
export function limited(energy: number): number {
  return Math.min(1, Math.max(MIN_ENERGY, Number(energy.toFixed(4))));
}
