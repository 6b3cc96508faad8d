import { allLayers, downProjections, union } from "./down-projections";
import type { Preset } from "./preset";
import { withLinears } from "../schema";

export const figure5: Preset = {
  name: "figure-5",
  title: "Figure 5",
  purpose: "Band responses of every layer's down-projection at once.",
  modality: "images",
  source: "appendix B.1, figure 5",
  recipe: (base, layers) => ({
    ...withLinears(base, union(base.factors.linears, downProjections(allLayers(layers)))),
    title: "Figure 5: bands of all layers",
    spectrum: { ...base.spectrum, bandOrder: "product" },
  }),
  view: () => ({ bands: "all", at: "bands" }),
  scan: false,
};
