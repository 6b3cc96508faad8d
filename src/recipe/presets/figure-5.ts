import { allLayers, downProjections, union } from "./down-projections";
import type { Preset } from "./preset";

export const figure5: Preset = {
  name: "figure-5",
  title: "Figure 5",
  purpose: "Band responses of every layer's down-projection at once.",
  source: "appendix B.1, figure 5",
  recipe: (base, layers) => ({
    ...base,
    title: "Figure 5: bands of all layers",
    factors: { ...base.factors, linears: union(base.factors.linears, downProjections(allLayers(layers))) },
    spectrum: { ...base.spectrum, bandOrder: "product" },
  }),
  view: () => ({ bands: "all" }),
  scan: false,
};
