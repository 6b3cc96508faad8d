import { isEnergyEdit, withLinears, type EnergyEdit } from "../../recipe/own-energies";
import { Explain } from "../controls/Explain";
import { LinearMatrix } from "../controls/LinearMatrix";
import { OwnEnergies } from "../controls/OwnEnergies";
import { Segmented } from "../controls/Segmented";
import { ShareField } from "../controls/ShareField";
import type { TermName } from "../glossary/glossary";
import { editStrength } from "../plots/edit-label";
import { addEdit, changeEdit, removeEdit } from "../state/change-recipe";
import { useLab } from "../state/lab";
import type { LinearEdit } from "../state/recipe-slice";
import { modelLinears, shownEdit, shownPosition, textRecipe } from "../state/selectors";
import { ControlChoice, RankingChoice } from "./EditChoices";
import { linearsName } from "./linears-name";
import { keepsStaircase, methodOf, methods, mlpOf, newEdit, withMethod, type Method } from "./new-edit";
import { SubnetControls } from "./SubnetControls";

/** The edit that is looked at: its method, how much it keeps, and which matrices it changes. */
export function EditSection(): React.JSX.Element {
  const edit = useLab(shownEdit);
  const position = useLab(shownPosition);
  return (
    <div className="block" id="edit">
      <div className="block-header">
        <h3>Edit</h3>
        <AddAndRemove position={position} edit={edit?.method === "none" ? undefined : edit} />
      </div>
      {edit === undefined || edit.method === "none" ? (
        <p className="muted edit-empty">
          The unedited model is chosen: nothing is cut. Choose an edit in the table, or add one.
        </p>
      ) : (
        <Controls edit={edit} onChange={(changed) => changeEdit(position, changed)} />
      )}
    </div>
  );
}

/** Where the glossary has the formula of a method. */
const formulaTerms = {
  pairs: "pairs",
  projection: "projection",
  svd: "keep",
  "balanced-subnet": "balancedSubnet",
  control: "control",
} as const satisfies Record<Method, TermName>;

/** Energies of different rankings are shares of different sums; a control has none of its own. */
function energyTerm(edit: EnergyEdit): TermName {
  if (edit.method === "control") return "controlEnergy";
  return keepsStaircase(edit) ? "energy" : "rankedEnergy";
}

function energyLabel(edit: EnergyEdit): string {
  return edit.method === "control" ? "As many as K-FAC pairs keeps at" : "Energy kept";
}

function Controls({
  edit,
  onChange,
}: {
  readonly edit: LinearEdit;
  readonly onChange: (edit: LinearEdit) => void;
}): React.JSX.Element {
  const linears = useLab(modelLinears);
  const isText = useLab((lab) => textRecipe(lab) !== undefined);
  const method = methodOf(edit);
  return (
    <div className="edit-controls">
      <Segmented
        label="Method"
        choices={methods}
        value={method}
        onChange={(next) => onChange(withMethod(edit, next, isText))}
      />
      <p className="edit-formula">
        <Explain term={formulaTerms[method]}>What it does to W</Explain>
      </p>
      {edit.method === "balanced-subnet" && (
        <SubnetControls edit={edit} isText={isText} onChange={onChange} />
      )}
      {edit.method === "kfac" && <RankingChoice edit={edit} onChange={onChange} />}
      {edit.method === "control" && <ControlChoice edit={edit} onChange={onChange} />}
      {edit.method === "svd" && (
        <ShareField
          label={<Explain term="keep">Singular values kept</Explain>}
          name="Share of singular values kept"
          value={edit.keep}
          minimum={0.01}
          step={0.01}
          onChange={(keep) => onChange({ ...edit, keep })}
        />
      )}
      {isEnergyEdit(edit) && (
        <ShareField
          label={<Explain term={energyTerm(edit)}>{energyLabel(edit)}</Explain>}
          name={energyLabel(edit)}
          value={edit.energy}
          minimum={0.3}
          step={0.005}
          hint={
            edit.energies !== undefined
              ? "for matrices without an energy of their own"
              : keepsStaircase(edit)
                ? "or drag the border on the plane"
                : ""
          }
          onChange={(energy) => onChange({ ...edit, energy })}
        />
      )}
      <details className="edit-linears">
        <summary>Matrices: {linearsName(edit.linears, linears)}</summary>
        <LinearMatrix
          linears={linears}
          chosen={edit.linears}
          onChange={(ids) =>
            onChange(isEnergyEdit(edit) ? withLinears(edit, ids) : { ...edit, linears: ids })
          }
        />
      </details>
      {isEnergyEdit(edit) && (
        <details className="edit-linears">
          <summary>Own energy per matrix: {ownEnergiesText(edit).replaceAll(" %", "\u00a0%")}</summary>
          <OwnEnergies linears={linears} edit={edit} onChange={onChange} />
        </details>
      )}
    </div>
  );
}

/** `none`, `2 of 6 matrices; own energies 60.0–90.0 %`. */
function ownEnergiesText(edit: EnergyEdit): string {
  const own = Object.keys(edit.energies ?? {}).length;
  if (own === 0) return "none";
  return `${String(own)} of ${String(edit.linears.length)} matrices; ${editStrength(edit)}`;
}

function AddAndRemove({
  position,
  edit,
}: {
  readonly position: number;
  readonly edit: LinearEdit | undefined;
}): React.JSX.Element {
  const linears = useLab((lab) => edit?.linears ?? lab.recipe.recipe?.factors.linears);
  const full = useLab((lab) => (lab.recipe.recipe?.edits.length ?? 0) >= 8);
  const isText = useLab((lab) => textRecipe(lab) !== undefined);
  const disabled = linears === undefined || full;
  const known = useLab(modelLinears);
  const add = (method: Method): void => {
    if (linears === undefined) return;
    addEdit(newEdit(method, method === "balanced-subnet" ? mlpOf(known, linears) : linears, isText));
  };
  return (
    <div className="button-row">
      <button type="button" disabled={disabled} onClick={() => add("pairs")}>
        Add K-FAC
      </button>
      <button type="button" disabled={disabled} onClick={() => add("svd")}>
        Add SVD
      </button>
      <button type="button" disabled={disabled} onClick={() => add("balanced-subnet")}>
        Add BalancedSubnet
      </button>
      <button type="button" disabled={position === 0} onClick={() => removeEdit(position)}>
        Remove
      </button>
    </div>
  );
}
