import { layerSetKinds, searchLayers, type LayerSetKind } from "../../recipe/search";
import type { LinearRole } from "../../stages/model/types";
import { roleName, rolesOf } from "../controls/linear-roles";
import { Explain } from "../controls/Explain";
import { NumberField } from "../controls/NumberField";
import { ShareField } from "../controls/ShareField";
import { ShareList } from "../controls/ShareList";
import { useLab } from "../state/lab";
import { changeSearch, chosenFloor } from "../state/run-search";
import { modelLinears, textRecipe } from "../state/selectors";
import { useChosenSearch } from "./use-chosen-search";

const setNames: Readonly<Record<LayerSetKind, string>> = {
  prefixes: "prefixes: 0; 0, 1; …",
  ends: "first and last",
  subsets: "all subsets",
};

/** Which sets of layers are cut, which matrices of them, how much, and how much ability must be left. */
export function SearchSettings(): React.JSX.Element {
  const search = useChosenSearch();
  const linears = useLab(modelLinears);
  const running = useLab((lab) => lab.search.status === "running");
  const layers = searchLayers(linears, search.roles).length;
  const toggled = <T extends string>(all: readonly T[], chosen: readonly T[], one: T): readonly T[] =>
    all.filter((other) => (other === one ? !chosen.includes(one) : chosen.includes(other)));
  const roles: readonly LinearRole[] = rolesOf(linears);
  return (
    <fieldset className="search-settings" disabled={running}>
      <legend className="visually-hidden">What is searched</legend>
      <Choices
        title="Matrices of each layer"
        choices={roles.map((role) => ({ value: role, label: roleName(role) }))}
        chosen={search.roles}
        onToggle={(role) => changeSearch({ roles: toggled(roles, search.roles, role) })}
      />
      <Choices
        title="Sets of layers"
        choices={layerSetKinds.map((kind) => ({ value: kind, label: setNames[kind] }))}
        chosen={search.sets}
        onToggle={(kind) => changeSearch({ sets: toggled(layerSetKinds, search.sets, kind) })}
      />
      {search.sets.includes("subsets") && (
        <NumberField
          label="Layers of the largest subset"
          value={search.largest}
          minimum={1}
          maximum={Math.max(1, layers)}
          onChange={(largest) => changeSearch({ largest })}
        />
      )}
      <ShareList
        label={<Explain term="energy">Energies, K-FAC</Explain>}
        name="Energies of K-FAC"
        value={search.energies}
        onChange={(energies) => changeSearch({ energies })}
      />
      <ShareList
        label={<Explain term="keep">Singular values kept, SVD</Explain>}
        name="Singular values kept"
        value={search.keeps}
        onChange={(keeps) => changeSearch({ keeps })}
      />
      <Floor />
    </fieldset>
  );
}

/** The least ability of an edit that is ranked. */
function Floor(): React.JSX.Element {
  const floor = useLab(chosenFloor);
  const isText = useLab((lab) => textRecipe(lab) !== undefined);
  // nDCG@10 is a number from 0 to 1 wherever it is shown.
  if (isText)
    return (
      <NumberField
        label="Least nDCG@10 ranked"
        term="abilityFloor"
        value={floor ?? 0}
        minimum={0}
        maximum={1}
        step={0.005}
        onChange={(value) => changeSearch({ floor: value })}
      />
    );
  const name = "Least validation accuracy ranked";
  return (
    <ShareField
      label={<Explain term="abilityFloor">{name}</Explain>}
      name={name}
      value={floor ?? 0}
      minimum={0}
      step={0.005}
      onChange={(share) => changeSearch({ floor: share })}
    />
  );
}

/** Several of a few; the last one stays. */
function Choices<T extends string>(props: {
  readonly title: string;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly chosen: readonly T[];
  readonly onToggle: (value: T) => void;
}): React.JSX.Element {
  const { choices, chosen } = props;
  const last = choices.filter(({ value }) => chosen.includes(value)).length === 1;
  return (
    <fieldset className="search-choices">
      <legend>{props.title}</legend>
      {choices.map(({ value, label }) => (
        <label key={value} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            disabled={last && chosen.includes(value)}
            onChange={() => props.onToggle(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
