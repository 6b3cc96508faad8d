import type { ReactNode } from "react";
import type { SpectrumSpec } from "../../stages/spectrum/types";
import { SelectField } from "./SelectField";

const orders = [
  { value: "product", label: "curvature product λμ (paper)" },
  { value: "lambda", label: "λ alone" },
] as const;
const norms = [
  { value: "no", label: "as they are (paper)" },
  { value: "yes", label: "divided by their norm" },
] as const;

/** How the responses of bands are taken; in between, what only one kind of model has a choice of. */
export function BandFields(props: {
  readonly spectrum: SpectrumSpec;
  readonly children?: ReactNode;
  readonly onChange: (changes: Partial<SpectrumSpec>) => void;
}): React.JSX.Element {
  const { spectrum, onChange } = props;
  return (
    <fieldset>
      <legend>Bands</legend>
      <SelectField
        label="Directions sorted by"
        term="bandOrder"
        choices={orders}
        value={spectrum.bandOrder}
        onChange={(bandOrder) => onChange({ bandOrder })}
      />
      {props.children}
      <SelectField
        label="Inputs"
        term="bandInputs"
        choices={norms}
        value={spectrum.bandNormalized ? "yes" : "no"}
        onChange={(value) => onChange({ bandNormalized: value === "yes" })}
      />
    </fieldset>
  );
}
