import { controlNames } from "../../recipe/control-names";
import type { ControlEdit, KfacEdit } from "../../recipe/own-energies";
import type { ControlKind, PairRanking } from "../../stages/edit/types";
import { Explain } from "../controls/Explain";
import { SeedField } from "../controls/SeedField";
import { SelectField } from "../controls/SelectField";
import { rankingNames } from "../plots/edit-label";
import type { LinearEdit } from "../state/recipe-slice";

const rankings = (["product", "saliency", "ekfac"] as const).map((value) => ({
  value,
  label: value === "product" ? "curvature λμ" : rankingNames[value],
}));
const controls = (["random-pairs", "largest-coefficients", "magnitude"] as const).map((value) => ({
  value,
  label: controlNames[value],
}));

/** What the pairs of a K-FAC edit are ranked by. */
export function RankingChoice(props: {
  readonly edit: KfacEdit;
  readonly onChange: (edit: LinearEdit) => void;
}): React.JSX.Element {
  const { ranking: _, ...rest } = props.edit;
  const take = (ranking: PairRanking): void =>
    props.onChange(ranking === "product" ? rest : { ...rest, ranking });
  return (
    <div className="edit-choice">
      <SelectField
        label="Pairs ranked by"
        choices={rankings}
        value={props.edit.ranking ?? "product"}
        onChange={take}
      />
      <small>
        <Explain term="ranking">What each of them is</Explain>
      </small>
    </div>
  );
}

/** What a control keeps, and the seed where it draws. */
export function ControlChoice(props: {
  readonly edit: ControlEdit;
  readonly onChange: (edit: LinearEdit) => void;
}): React.JSX.Element {
  const { edit, onChange } = props;
  const take = (control: ControlKind): void =>
    onChange({ ...edit, control, seed: control === "random-pairs" ? Math.max(1, edit.seed) : 0 });
  return (
    <div className="edit-choice">
      <SelectField
        label="What is kept"
        term="control"
        choices={controls}
        value={edit.control}
        onChange={take}
      />
      {edit.control === "random-pairs" && (
        <SeedField term="controlSeed" value={edit.seed} onChange={(seed) => onChange({ ...edit, seed })} />
      )}
    </div>
  );
}
