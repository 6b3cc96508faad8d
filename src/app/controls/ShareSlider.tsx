import type { ReactNode } from "react";
import { percent } from "../plots/number-format";

/** A share 0..1, shown and typed in percent, by slider or by number; both show the same value. */
export function ShareSlider(props: {
  readonly label: ReactNode;
  /** What assistive technology calls it. */
  readonly name: string;
  readonly value: number;
  readonly minimum: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}): React.JSX.Element {
  const minimum = rounded(props.minimum * 100);
  const set = (text: string): void => {
    const share = Number(text) / 100;
    if (text !== "" && share >= props.minimum && share <= 1) props.onChange(rounded(share));
  };
  const shared = {
    min: minimum,
    max: 100,
    step: rounded(props.step * 100),
    value: rounded(props.value * 100),
  };
  return (
    <div className="share-slider">
      <span className="share-slider-label">{props.label}</span>
      <input
        type="range"
        {...shared}
        aria-label={props.name}
        aria-valuetext={percent(props.value)}
        onChange={(event) => set(event.target.value)}
      />
      <span className="unit-field">
        <input
          type="number"
          {...shared}
          aria-label={`${props.name}, in percent`}
          onChange={(event) => set(event.target.value)}
        />
        %
      </span>
    </div>
  );
}

/** Keeps binary rounding out of links and fields. */
function rounded(value: number): number {
  return Number(value.toFixed(4));
}
