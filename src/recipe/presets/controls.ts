import type { ControlKind, EditSpec } from "../../stages/edit/types";
import type { ControlEdit } from "../own-energies";
import type { Preset } from "./preset";

const kinds: readonly ControlKind[] = ["random-pairs", "largest-coefficients", "magnitude"];

/** The controls of the size of each K-FAC edit by λμ that keeps pairs. */
function withControls(edits: readonly EditSpec[]): readonly EditSpec[] {
  return edits.flatMap((edit): readonly EditSpec[] => {
    if (edit.method === "none") return [edit];
    if (edit.method !== "kfac" || edit.selection !== "pairs") return [];
    const { linears, energy, energies } = edit;
    const size = energies === undefined ? { linears, energy } : { linears, energy, energies };
    const controls = kinds.map((control): ControlEdit => ({
      method: "control",
      control,
      ...size,
      seed: control === "random-pairs" ? 1 : 0,
    }));
    return [edit, ...controls];
  });
}

export const controls: Preset = {
  name: "controls",
  title: "Controls",
  purpose:
    "Is it the curvature? As many pairs as the best edit keeps, but random ones, the largest ones, or single large weights.",
  modality: "both",
  source: "not in the paper",
  recipe: (base) => ({ ...base, title: "Controls of the same size", edits: withControls(base.edits) }),
  view: () => ({ edit: 1, at: "metrics" }),
  scan: false,
};
