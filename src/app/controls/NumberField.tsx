import { useId, useState } from "react";
import type { TermName } from "../glossary";
import { Explain } from "./Explain";

/** A whole number, or with a step any number. What is typed is taken over on Enter or when the field is left; nonsense puts the old value back. */
export function NumberField(props: {
  readonly label: string;
  /** What the label means, one hover away. */
  readonly term?: TermName;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
}): React.JSX.Element {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const take = (): void => {
    const value = Number(draft);
    const whole = props.step !== undefined || Number.isInteger(value);
    if (
      draft !== undefined &&
      draft !== "" &&
      whole &&
      value >= props.minimum &&
      value <= props.maximum &&
      value !== props.value
    )
      props.onChange(value);
    setDraft(undefined);
  };
  return (
    <div className="field">
      {props.term === undefined ? (
        <label htmlFor={id}>{props.label}</label>
      ) : (
        <span className="field-label">
          <Explain term={props.term}>{props.label}</Explain>
        </span>
      )}
      <input
        id={id}
        type="number"
        aria-label={props.term === undefined ? undefined : props.label}
        min={props.minimum}
        max={props.maximum}
        step={props.step ?? 1}
        value={draft ?? props.value}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
        }}
      />
    </div>
  );
}
