import type { EditSpec, PairRanking } from "../../stages/edit/types";
import type { LinearId } from "../../stages/model/types";
import type { Preset } from "./preset";

/** Kept shares of the summed values of a ranking: those of different rankings do not compare, so each has its own. */
const energies: Readonly<Record<PairRanking, readonly number[]>> = {
  product: [0.95, 0.9, 0.85, 0.8, 0.7],
  saliency: [0.98, 0.95, 0.9, 0.8, 0.7],
  ekfac: [0.9, 0.8, 0.7, 0.6, 0.5],
};

function cut(linears: readonly LinearId[], ranking: PairRanking): readonly EditSpec[] {
  return energies[ranking].map((energy): EditSpec => {
    const edit = { method: "kfac", linears, energy, selection: "pairs" } as const;
    // The usual ranking goes without saying, so that equal edits have equal texts.
    return ranking === "product" ? edit : { ...edit, ranking };
  });
}

/** The matrices of the model's best edit, cut at one energy for all by each ranking of the pairs. */
export const rankings: Preset = {
  name: "rankings",
  title: "Rankings",
  purpose:
    "Which pairs count as curved? By λμ, by saliency λμC² and by EK-FAC, whose curvature a second pass measures; five energies each.",
  modality: "images",
  source: "not in the paper",
  recipe: (base) => {
    const best = base.edits.find(({ method }) => method === "kfac");
    const linears = best?.method === "kfac" ? best.linears : base.factors.linears;
    const edits = [...cut(linears, "product"), ...cut(linears, "saliency"), ...cut(linears, "ekfac")];
    return { ...base, title: "Three rankings of the pairs", edits: [{ method: "none" }, ...edits] };
  },
  view: () => ({ edit: 3, at: "metrics" }),
  scan: false,
};
