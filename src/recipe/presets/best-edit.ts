import type { Preset } from "./preset";

export const bestEdit: Preset = {
  name: "best-edit",
  title: "Best edit",
  purpose:
    "The edit that removes most of what this model learned by heart and keeps the rest, with SVD beside it.",
  modality: "both",
  source: "as the paper's section 4.2, figures 3 and 4",
  recipe: (base) => base,
  view: () => ({}),
  scan: false,
};
