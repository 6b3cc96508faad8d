import { useState, type ReactNode } from "react";

/** A share 0..1, shown and typed in percent. */
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
  const [draft, setDraft] = useState<string>();
  const take = (text: string): void => {
    setDraft(text);
    const share = rounded(Number(text) / 100);
    if (text !== "" && share >= props.minimum && share <= 1) props.onChange(share);
  };
  return (
    <div className="share-field">
      <span>{props.label}</span>
      <span className="unit-field">
        <input
          type="number"
          min={rounded(props.minimum * 100)}
          max={100}
          step={rounded(props.step * 100)}
          value={draft ?? rounded(props.value * 100)}
          aria-label={`${props.name}, in percent`}
          onChange={(event) => take(event.target.value)}
          onBlur={() => setDraft(undefined)}
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
