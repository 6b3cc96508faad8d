import { forgetChoices, genreNames, subnetLimits, type SubnetSettings } from "../../recipe/balanced-subnet";
import type { Genre } from "../../stages/data/types";
import type { BalancedSubnetSpec } from "../../stages/edit/types";
import { Explain } from "../controls/Explain";
import { NumberField } from "../controls/NumberField";
import { SelectField } from "../controls/SelectField";
import { ShareField } from "../controls/ShareField";
import type { TermName } from "../glossary/glossary";

const forgetLabels = {
  "first-half": "the first half of what is memorized",
  "second-half": "the second half of what is memorized",
  all: "all that is memorized",
} as const satisfies Record<SubnetSettings["forget"], string>;

/** Numbers of the descent, each with its word in the glossary. */
const numbers = [
  ["epochs", "Epochs", "maskEpochs", undefined],
  ["forgetExamples", "Memorized samples, at most", "forgetSet", undefined],
  ["retainExamples", "Other samples", "retainSet", undefined],
  ["batch", "Samples per step", "batchSize", undefined],
  ["rate", "Learning rate", "learningRate", 0.01],
  ["momentum", "Momentum", "momentum", 0.01],
  ["decay", "Weight decay", "maskDecay", 0.0001],
  ["seed", "Seed", "maskSeed", undefined],
] as const satisfies readonly (readonly [keyof SubnetSettings, string, TermName, number | undefined])[];

/** What a mask drops, what it is taught to forget, and how it is learned. */
export function SubnetControls({
  edit,
  isText,
  onChange,
}: {
  readonly edit: BalancedSubnetSpec;
  readonly isText: boolean;
  readonly onChange: (edit: BalancedSubnetSpec) => void;
}): React.JSX.Element {
  return (
    <>
      <ShareField
        label={<Explain term="drop">Weights dropped</Explain>}
        name="Share of weights dropped"
        value={edit.drop}
        minimum={0}
        step={0.01}
        onChange={(drop) => onChange({ ...edit, drop })}
      />
      <SelectField
        label="Taught to forget"
        term="forgetSet"
        choices={forgetChoices.map((value) => ({ value, label: forgetLabels[value] }))}
        value={edit.forget}
        onChange={(forget) => onChange({ ...edit, forget })}
      />
      <details className="edit-linears subnet-settings">
        <summary>
          Learning: {edit.epochs === 0 ? "none, a random mask" : `${String(edit.epochs)} epochs`}, seed{" "}
          {edit.seed}
        </summary>
        {isText && <GenreChoice edit={edit} onChange={onChange} />}
        {numbers.map(([key, label, term, step]) => (
          <NumberField
            key={key}
            label={label}
            term={term}
            value={edit[key]}
            minimum={subnetLimits[key][0]}
            maximum={subnetLimits[key][1]}
            {...(step !== undefined && { step })}
            onChange={(value) => onChange({ ...edit, [key]: value })}
          />
        ))}
      </details>
    </>
  );
}

/** No box checked would be nothing to forget; all of them are the same as no choice. */
function GenreChoice({
  edit,
  onChange,
}: {
  readonly edit: BalancedSubnetSpec;
  readonly onChange: (edit: BalancedSubnetSpec) => void;
}): React.JSX.Element {
  const chosen: readonly Genre[] = edit.genres ?? genreNames;
  const toggle = (genre: Genre): void => {
    const next = genreNames.filter((one) => (one === genre) !== chosen.includes(one));
    const { genres: _, ...rest } = edit;
    if (next.length === genreNames.length) onChange(rest);
    else if (next.length > 0) onChange({ ...rest, genres: next });
  };
  return (
    <fieldset className="genre-choice">
      <legend>
        <Explain term="genres">Genres to forget</Explain>
      </legend>
      {genreNames.map((genre) => (
        <label key={genre}>
          <input type="checkbox" checked={chosen.includes(genre)} onChange={() => toggle(genre)} />
          {genre}
        </label>
      ))}
    </fieldset>
  );
}
