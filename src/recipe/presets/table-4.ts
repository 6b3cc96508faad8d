import type { Preset } from "./preset";
import { withSubnet } from "./subnet-edits";

export const table4: Preset = {
  name: "table-4",
  title: "Table 4",
  purpose: "What unedited and edited models make of common prompts: facts, stories, sayings.",
  modality: "text",
  source: "appendix D, table 4",
  recipe: (base, layers) => ({ ...withSubnet(base, layers), title: "Table 4: common prompts" }),
  view: () => ({ edit: 1, at: "bench" }),
  scan: false,
};
