import { useShallow } from "zustand/react/shallow";
import { isEnergyEdit, type EnergyEdit } from "../../recipe/own-energies";
import type { LinearId } from "../../stages/model/types";
import { Explain } from "../controls/Explain";
import { SelectField } from "../controls/SelectField";
import { count, percent } from "../plots/number-format";
import { setView, useLab } from "../state/lab";
import { modelLinears, planePosition, resultAt, shownLinear, shownSpectrum } from "../state/selectors";
import { KeptRegion } from "./KeptRegion";
import { linearsName } from "./linears-name";
import { keepsStaircase } from "./new-edit";
import { OriginMark } from "./OriginMark";

/** The λμ plane of one matrix with the region that the edit keeps; its border is the energy and can be dragged. */
export function PlaneSection(): React.JSX.Element {
  return (
    <div className="block" id="plane">
      <div className="block-header">
        <h3>
          <Explain term="curvature">Curvature products λμ</Explain>
        </h3>
        <OriginMark part="spectrum" />
      </div>
      <LinearChoice />
      <KeptRegion />
      <KeptLine />
    </div>
  );
}

function LinearChoice(): React.JSX.Element {
  const shown = useLab(shownLinear);
  const ids = useLab(useShallow((lab) => lab.results.spectra.map(({ linear }) => linear)));
  const linears = useLab(modelLinears);
  const choices = ids.map((id) => ({ value: id, label: `${linearsName([id], linears)}  (${id})` }));
  return (
    <SelectField
      label="Weight matrix"
      choices={choices.length > 0 ? choices : [{ value: "", label: "…" }]}
      value={choices.length > 0 ? (shown ?? "") : ""}
      onChange={(linear) => setView({ linear })}
    />
  );
}

function KeptLine(): React.JSX.Element {
  const linear = useLab(shownLinear);
  const kept = useLab((lab) => resultAt(lab, planePosition(lab))?.kept.find((one) => one.linear === linear));
  const spectrum = useLab(shownSpectrum);
  const edit = useLab((lab) => lab.recipe.recipe?.edits[planePosition(lab) ?? -1]);
  const energyEdit = edit !== undefined && isEnergyEdit(edit) ? edit : undefined;
  if (kept === undefined || spectrum === undefined || linear === undefined)
    return <p className="readout">{missingText(energyEdit, linear)}</p>;
  const own = energyEdit?.energies?.[linear] !== undefined;
  const magnitude = energyEdit?.method === "control" && energyEdit.control === "magnitude";
  return (
    <p className="readout">
      <Explain term="keptPairs">
        {count(kept.kept)} of {count(kept.total)} {magnitude ? "weights" : "pairs"} (
        {percent(kept.kept / kept.total)})
      </Explain>
      {kept.keptEnergy !== undefined && (
        <Explain term="keptEnergy">{percent(kept.keptEnergy)} of Σλμ</Explain>
      )}
      <Explain term="keptDirections">
        {count(kept.keptInputs)} of {count(spectrum.lambda.length)} inputs, {count(kept.keptOutputs)} of{" "}
        {count(spectrum.mu.length)} outputs
      </Explain>
      <Explain term="relativeChange">{percent(kept.relativeChange)} of ‖W‖ cut</Explain>
      {own && <Explain term="ownEnergies">This matrix has its own energy.</Explain>}
    </p>
  );
}

/** Why nothing is said of what is kept of a matrix. */
function missingText(edit: EnergyEdit | undefined, linear: LinearId | undefined): string {
  if (linear === undefined || edit?.linears.includes(linear) === true) return "Not computed yet.";
  const border = edit !== undefined && keepsStaircase(edit);
  return `This matrix is not edited: all of it is kept.${border ? " The border is where the edit's energy would cut it." : ""}`;
}
