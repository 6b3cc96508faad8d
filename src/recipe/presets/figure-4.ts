import { allLayers, downProjections, union } from "./down-projections";
import type { Preset } from "./preset";
import { withLinears } from "../schema";

export const figure4: Preset = {
  name: "figure-4",
  title: "Figure 4",
  purpose: "K-FAC against SVD: one layer at a time in the scan, and the best combination in the table.",
  modality: "images",
  source: "section 4.2.2, figure 4",
  recipe: (base, layers) => ({
    ...withLinears(base, union(base.factors.linears, downProjections(allLayers(layers)))),
    title: "Figure 4: K-FAC against SVD",
  }),
  view: () => ({ edit: 1, at: "metrics" }),
  scan: true,
};
