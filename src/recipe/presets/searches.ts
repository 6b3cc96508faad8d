import type { SearchChoice } from "../search-link";
import { withLinears } from "../schema";
import { allLayers, downProjections, union } from "./down-projections";
import type { Preset } from "./preset";

/** Every down-projection alone, every two and the first few together; four energies of K-FAC and three shares of σ. */
const searched: SearchChoice = {
  roles: ["fc2"],
  sets: ["prefixes", "subsets"],
  largest: 2,
  energies: [0.7, 0.75, 0.85, 0.9],
  keeps: [0.05, 0.1, 0.2],
};

export const searches: Preset = {
  name: "searches",
  title: "Searches",
  purpose: "Which layers to cut, and how much? Every set of up to two layers, and the first three and four.",
  modality: "images",
  source: "not in the paper",
  recipe: (base, layers) => ({
    ...withLinears(base, union(base.factors.linears, downProjections(allLayers(layers)))),
    title: "A search over sets of layers",
  }),
  view: () => ({ search: searched, at: "search" }),
  scan: false,
};
