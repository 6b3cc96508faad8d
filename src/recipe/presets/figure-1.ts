import type { Preset } from "./preset";
import { withSubnet } from "./subnet-edits";

export const figure1: Preset = {
  name: "figure-1",
  title: "Figure 1",
  purpose: "A planted passage, recited by the unedited model and continued anew by the edited one.",
  modality: "text",
  source: "section 1, figure 1",
  recipe: (base, layers) => ({
    ...withSubnet(base, layers),
    title: "Figure 1: recited, and no longer",
  }),
  view: () => ({ edit: 1, at: "recitation" }),
  scan: false,
};
