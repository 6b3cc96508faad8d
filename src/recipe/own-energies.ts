import type { EditSpec } from "../stages/edit/types";
import type { LinearId } from "../stages/model/types";

/** Own energies of single linears in an edit: in the order of the edit's linears, so that one edit has one text. */

export type KfacEdit = Extract<EditSpec, { method: "kfac" }>;
export type ControlEdit = Extract<EditSpec, { method: "control" }>;
/** Edits that keep as much as an energy says. */
export type EnergyEdit = KfacEdit | ControlEdit;

export function isEnergyEdit(edit: EditSpec): edit is EnergyEdit {
  return edit.method === "kfac" || edit.method === "control";
}

/** The energy that a linear of the edit keeps: its own, else that of the edit. */
export function energyOf(edit: EnergyEdit, linear: LinearId): number {
  return edit.energies?.[linear] ?? edit.energy;
}

/** The edit with these own energies in place of all it had; without any, it has no `energies` at all. */
function withEnergies(edit: EnergyEdit, own: (linear: LinearId) => number | undefined): EnergyEdit {
  const { energies: _, ...rest } = edit;
  const entries = edit.linears.flatMap((linear) => {
    const energy = own(linear);
    return energy === undefined ? [] : [[linear, energy] as const];
  });
  return entries.length === 0 ? rest : { ...rest, energies: Object.fromEntries(entries) };
}

/** Gives linears an own energy, or with `undefined` takes it away; linears that are not edited get none. */
export function withOwnEnergy(
  edit: EnergyEdit,
  linears: readonly LinearId[],
  energy: number | undefined,
): EnergyEdit {
  return withEnergies(edit, (linear) => (linears.includes(linear) ? energy : edit.energies?.[linear]));
}

/** Moves the energy that a linear goes by: its own if it has one, else that of the edit. */
export function withEnergyOf(edit: EnergyEdit, linear: LinearId | undefined, energy: number): EnergyEdit {
  return linear !== undefined && edit.energies?.[linear] !== undefined
    ? withOwnEnergy(edit, [linear], energy)
    : { ...edit, energy };
}

/** The edit of other linears; those that stay keep their own energy. */
export function withLinears(edit: EnergyEdit, linears: readonly LinearId[]): EnergyEdit {
  return inOrder({ ...edit, linears });
}

/** Own energies in the order of the linears, and none of a linear that is not edited. */
export function inOrder(edit: EnergyEdit): EnergyEdit {
  return withEnergies(edit, (linear) => edit.energies?.[linear]);
}

/** Lowest and highest energy over the edit's linears; equal if own energies make no difference. */
export function energyRange(edit: EnergyEdit): { readonly lowest: number; readonly highest: number } {
  const energies = edit.linears.map((linear) => energyOf(edit, linear));
  return { lowest: Math.min(...energies), highest: Math.max(...energies) };
}
