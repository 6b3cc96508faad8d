import { allLayers, downProjections, union } from "./down-projections";
import type { Preset } from "./preset";
import { withLinears } from "../schema";

export const figure2: Preset = {
  name: "figure-2",
  title: "Figure 2",
  purpose:
    "How strongly memorized and clean images drive each band of the last down-projection; SVD for comparison.",
  modality: "images",
  source: "section 3.1, figure 2",
  recipe: (base, layers) => ({
    ...withLinears(base, union(base.factors.linears, downProjections([0, layers - 1]))),
    title: "Figure 2: band responses",
    spectrum: { ...base.spectrum, bandOrder: "product" },
  }),
  view: (layers) => ({ ...linearOf(downProjections(allLayers(layers)).at(-1)), bands: "one", at: "bands" }),
  scan: false,
};

function linearOf(linear: string | undefined): { linear: string } | object {
  return linear === undefined ? {} : { linear };
}
