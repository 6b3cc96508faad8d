import { useId } from "react";
import type { TermName } from "../glossary/glossary";
import { FieldLabel } from "./FieldLabel";
import type { Choice } from "./Segmented";

export function SelectField<T extends string>(props: {
  readonly label: string;
  /** What the label means, one hover away. */
  readonly term?: TermName;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}): React.JSX.Element {
  const id = useId();
  return (
    <div className="field">
      <FieldLabel htmlFor={id} label={props.label} term={props.term} />
      <select
        id={id}
        aria-label={props.term === undefined ? undefined : props.label}
        value={props.value}
        onChange={(event) => {
          const choice = props.choices.find(({ value }) => value === event.target.value);
          if (choice !== undefined) props.onChange(choice.value);
        }}
      >
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
