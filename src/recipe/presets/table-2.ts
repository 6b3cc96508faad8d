import type { Preset } from "./preset";
import { withSubnet } from "./subnet-edits";

export const table2: Preset = {
  name: "table-2",
  also: ["table-5"],
  title: "Tables 2, 5",
  purpose:
    "How far the edited models' continuations are from the planted ones, and how well they keep the rest.",
  modality: "text",
  source: "section 4.2.1, table 2; appendix, table 5",
  recipe: (base, layers) => ({
    ...withSubnet(base, layers),
    title: "Tables 2 and 5: distance and ability",
  }),
  view: () => ({ edit: 1, at: "metrics" }),
  scan: false,
};
