import { useId } from "react";
import type { TermName } from "../glossary/glossary";
import { FieldLabel } from "./FieldLabel";
import { NumberInput } from "./NumberInput";

/** A number with its label; a whole one unless a step says otherwise. */
export function NumberField(props: {
  readonly label: string;
  /** What the label means, one hover away. */
  readonly term?: TermName;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  /** How far the arrow keys go; with it the field takes any number. */
  readonly step?: number;
  /** The field takes multiples of this alone. */
  readonly multipleOf?: number;
  readonly onChange: (value: number) => void;
}): React.JSX.Element {
  const id = useId();
  const { label, term, minimum, maximum, step } = props;
  const multipleOf = props.multipleOf ?? (step === undefined ? 1 : undefined);
  return (
    <div className="field">
      <FieldLabel htmlFor={id} label={label} term={term} />
      <NumberInput
        id={id}
        name={term === undefined ? undefined : label}
        value={props.value}
        limits={{ minimum, maximum, ...(multipleOf !== undefined && { multipleOf }) }}
        step={step ?? multipleOf ?? 1}
        onChange={(value) => {
          if (value !== undefined) props.onChange(value);
        }}
      />
    </div>
  );
}
