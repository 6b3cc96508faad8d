import type { Preset } from "./preset";
import { withSubnet } from "./subnet-edits";

export const table3: Preset = {
  name: "table-3",
  title: "Table 3",
  purpose: "What unedited, K-FAC, SVD and BalancedSubnet models write after a planted prefix, side by side.",
  modality: "text",
  source: "appendix D, table 3",
  recipe: (base, layers) => ({
    ...withSubnet(base, layers),
    title: "Table 3: continuations of planted prefixes",
  }),
  view: () => ({ edit: 1, at: "recitation" }),
  scan: false,
};
