import { energyOf, withEnergyOf } from "../../recipe/own-energies";
import type { EditSpec } from "../../stages/edit/types";
import { changeEdit } from "../state/change-recipe";
import { useLab } from "../state/lab";
import { sourceOf } from "../state/origins";
import { planePosition, resultAt, shownSpectrum } from "../state/selectors";
import { CurvaturePlane, KeptDensityPlot, LazyPlot } from "./LazyPlot";
import { keepsStaircase } from "./new-edit";

/** The plane with the border that can be dragged, or where an edit without a border keeps. */
export function KeptRegion(): React.JSX.Element {
  const position = useLab(planePosition);
  const edit = useLab((lab) => (position === undefined ? undefined : lab.recipe.recipe?.edits[position]));
  return edit === undefined || keepsStaircase(edit) ? (
    <BorderedPlane position={position} edit={edit} />
  ) : (
    <ScatteredPlane position={position} edit={edit} />
  );
}

function BorderedPlane(props: {
  readonly position: number | undefined;
  readonly edit: EditSpec | undefined;
}): React.JSX.Element {
  const { position, edit } = props;
  const spectrum = useLab(shownSpectrum);
  const source = useLab((lab) => sourceOf(lab, "spectrum"));
  const linear = spectrum?.linear;
  const energy = edit?.method !== "kfac" ? 1 : linear === undefined ? edit.energy : energyOf(edit, linear);
  const setEnergy = (value: number): void => {
    if (position !== undefined && edit?.method === "kfac")
      changeEdit(position, withEnergyOf(edit, linear, value));
  };
  return (
    <LazyPlot height={520}>
      {spectrum && (
        <CurvaturePlane
          spectrum={spectrum}
          energy={energy}
          onEnergyChange={setEnergy}
          onEnergyCommit={setEnergy}
          source={source}
        />
      )}
    </LazyPlot>
  );
}

function ScatteredPlane(props: {
  readonly position: number | undefined;
  readonly edit: EditSpec;
}): React.JSX.Element {
  const { position, edit } = props;
  const linear = useLab((lab) => shownSpectrum(lab)?.linear);
  const result = useLab((lab) => resultAt(lab, position));
  const source = useLab((lab) => sourceOf(lab, "edit"));
  const kept = result?.kept.find((one) => one.linear === linear);
  const density = linear === undefined ? undefined : result?.densities?.[linear];
  const missing =
    edit.method === "control" && edit.control === "magnitude"
      ? "Magnitude keeps single weights of W and knows no pairs: there is no plane to show them in."
      : result !== undefined && kept === undefined
        ? "This matrix is not edited: all of it is kept."
        : undefined;
  return (
    <LazyPlot height={420} missing={missing}>
      {density && kept && (
        <KeptDensityPlot
          density={density}
          kept={kept}
          colour={edit.method === "control" ? "control" : "kfac"}
          source={source}
        />
      )}
    </LazyPlot>
  );
}
