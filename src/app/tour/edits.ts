import type { LinearId } from "../../stages/model/types";
import { usualSubnet } from "../../recipe/balanced-subnet";
import { energyOf, withEnergyOf } from "../../recipe/own-energies";
import { mlpOf } from "../panels/new-edit";
import { addEdit, changeEdit } from "../state/change-recipe";
import { setView, type Lab } from "../state/lab";
import { same, shippedModel } from "../state/recipe-slice";
import { modelLinears, planePosition, shownLinear } from "../state/selectors";
import type { TourAction } from "./step";

/** The edits that the tour speaks of, and what it does with them. */

/** Position of the first edit of a method, or undefined. */
export function positionOf({ recipe }: Lab, method: string): number | undefined {
  const position = recipe.recipe?.edits.findIndex((edit) => edit.method === method) ?? -1;
  return position < 0 ? undefined : position;
}

/** Looks at the row of an edit, as its radio button does. */
export function chooseRow(lab: Lab, method: string, label: string): readonly TourAction[] {
  const position = positionOf(lab, method);
  if (position === undefined || lab.view.edit === position) return [];
  return [{ label, run: () => setView({ edit: position }) }];
}

/** Adds an SVD cut of the matrices that K-FAC cuts, where there is none. */
export function addSvd(lab: Lab, keep: number): readonly TourAction[] {
  const kfac = lab.recipe.recipe?.edits.find(({ method }) => method === "kfac");
  if (positionOf(lab, "svd") !== undefined || kfac?.method !== "kfac") return [];
  return [{ label: "Add an SVD cut", run: () => addEdit({ method: "svd", linears: kfac.linears, keep }) }];
}

/** Adds a BalancedSubnet edit of all MLPs, where there is none: it is shown half of what it shall forget. */
export function addSubnet(lab: Lab): readonly TourAction[] {
  const edit = lab.recipe.recipe?.edits.find((one) => one.method !== "none");
  if (positionOf(lab, "balanced-subnet") !== undefined || edit === undefined) return [];
  const linears = mlpOf(modelLinears(lab), edit.linears);
  return [
    {
      label: "Add BalancedSubnet",
      run: () => addEdit({ method: "balanced-subnet", linears, ...usualSubnet }),
    },
  ];
}

/** Moves the energy of the matrix that is looked at, as the slider does, and back to what the model came with. */
export function energyActions(lab: Lab, energy: number): readonly TourAction[] {
  const position = planePosition(lab);
  const edit = position === undefined ? undefined : lab.recipe.recipe?.edits[position];
  if (position === undefined || edit?.method !== "kfac") return [];
  const linear = shownLinear(lab);
  const moved = linear === undefined ? edit.energy : energyOf(edit, linear);
  const original = shippedModel(lab.recipe)?.recipe.edits[position];
  const actions: TourAction[] = [];
  if (moved !== energy) {
    actions.push({
      label: `Set it to ${String(100 * energy)} %`,
      run: () => {
        setView({ edit: position });
        changeEdit(position, withEnergyOf(edit, linear, energy));
      },
    });
  }
  if (original?.method === "kfac" && !same(original, edit))
    actions.push({ label: "Put it back", run: () => changeEdit(position, original) });
  return actions;
}

/** The energy of the matrix that is looked at, 0..1. */
export function shownEnergy(lab: Lab): number | undefined {
  const position = planePosition(lab);
  const edit = position === undefined ? undefined : lab.recipe.recipe?.edits[position];
  if (edit?.method !== "kfac") return undefined;
  const linear = shownLinear(lab);
  return linear === undefined ? edit.energy : energyOf(edit, linear);
}

/** The first or last down-projection that has a spectrum. */
function downProjection({ results }: Lab, which: "first" | "last"): LinearId | undefined {
  const downs = (results.model?.linears ?? []).filter(({ role }) => role === "fc2" || role === "down");
  const known = downs.filter(({ id }) => results.spectra.some(({ linear }) => linear === id));
  return known.toSorted((a, b) => a.layer - b.layer).at(which === "first" ? 0 : -1)?.id;
}

/** Looks at a down-projection, as the field “Weight matrix” does. */
export function chooseDown(lab: Lab, which: "first" | "last"): readonly TourAction[] {
  const linear = downProjection(lab, which);
  if (linear === undefined || shownLinear(lab) === linear) return [];
  return [{ label: `Look at the ${which} down-projection`, run: () => setView({ linear, bands: "one" }) }];
}
