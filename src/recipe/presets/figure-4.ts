import { allLayers, downProjections, union } from "./down-projections";
import type { Preset } from "./preset";

export const figure4: Preset = {
  name: "figure-4",
  title: "Figure 4",
  purpose: "K-FAC against SVD: one layer at a time in the scan, and the best combination in the table.",
  source: "section 4.2.2, figure 4",
  recipe: (base, layers) => ({
    ...base,
    title: "Figure 4: K-FAC against SVD",
    factors: { ...base.factors, linears: union(base.factors.linears, downProjections(allLayers(layers))) },
  }),
  view: () => ({ edit: 1 }),
  scan: true,
};
