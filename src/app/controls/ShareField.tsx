import type { ReactNode } from "react";
import { NumberInput } from "./NumberInput";

/** A share 0..1, shown and typed in percent; taken over while it is typed. */
export function ShareField(props: {
  readonly label: ReactNode;
  /** What assistive technology calls it. */
  readonly name: string;
  readonly value: number;
  readonly minimum: number;
  readonly step: number;
  readonly hint?: string;
  readonly onChange: (value: number) => void;
}): React.JSX.Element {
  return (
    <div className="share-field">
      <span>{props.label}</span>
      <span className="unit-field">
        <NumberInput
          live
          name={`${props.name}, in percent`}
          value={rounded(props.value * 100)}
          limits={{ minimum: rounded(props.minimum * 100), maximum: 100 }}
          step={rounded(props.step * 100)}
          onChange={(percent) => {
            if (percent !== undefined) props.onChange(rounded(percent / 100));
          }}
        />
        %
      </span>
      {props.hint !== undefined && <small>{props.hint}</small>}
    </div>
  );
}

/** Keeps binary rounding out of links and fields. */
function rounded(value: number): number {
  return Number(value.toFixed(4));
}
