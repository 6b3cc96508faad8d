import type { EditSpec } from "../../stages/edit/types";
import type { Preset } from "./preset";
import { subnetEdit } from "./subnet-edits";

const energies = [0.95, 0.9, 0.85, 0.8, 0.75];
const keeps = [0.5, 0.4, 0.35, 0.3, 0.25, 0.2];

/** Curves of K-FAC and SVD over the linears that the model's own K-FAC edit cuts, and BalancedSubnet as a point. */
export const figure3: Preset = {
  name: "figure-3",
  also: ["figure-6"],
  title: "Figures 3, 6",
  purpose:
    "Recitation against ability as more and more is cut: K-FAC beside SVD on the same matrices, and BalancedSubnet.",
  modality: "text",
  source: "section 4.2.1, figures 3 and 6",
  recipe: (base, layers) => {
    const cut = base.edits.find(({ method }) => method === "kfac");
    const linears = cut?.method === "kfac" ? cut.linears : base.factors.linears;
    const edits: EditSpec[] = [
      { method: "none" },
      ...(cut ? [cut] : []),
      ...energies.map((energy): EditSpec => ({ method: "kfac", linears, energy, selection: "pairs" })),
      ...keeps.map((keep): EditSpec => ({ method: "svd", linears, keep })),
      subnetEdit(base, layers),
    ];
    return { ...base, title: "Figures 3 and 6: recitation against ability", edits };
  },
  view: () => ({ edit: 1, at: "tradeoff" }),
  scan: false,
};
