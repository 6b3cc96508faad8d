import type { Preset } from "./preset";

export const bestEdit: Preset = {
  name: "best-edit",
  title: "Best edit",
  purpose:
    "The edit that removes most memorized labels of this model and keeps the rest, with SVD beside it.",
  source: "as the paper's section 4.2.2, figure 4 bottom",
  recipe: (base) => base,
  view: () => ({}),
  scan: false,
};
