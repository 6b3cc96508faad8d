import type { EditSpec } from "../../stages/edit/types";
import { isTextRecipe, type Recipe } from "../schema";
import type { Preset } from "./preset";
import { subnetEdit } from "./subnet-edits";

/** Masks learned to forget one half of what is memorized, of some genres alone, and drawn at random; K-FAC beside them. */
function edits(base: Recipe, layers: number): readonly EditSpec[] {
  const half = subnetEdit(base, layers);
  const someGenres = subnetEdit(base, layers, {
    forget: "all",
    genres: ["notice", "letter", "course list"],
  });
  const random = subnetEdit(base, layers, { epochs: 0 });
  const others = base.edits.filter(({ method }) => method !== "none");
  return [{ method: "none" }, half, ...(isTextRecipe(base) ? [someGenres] : []), random, ...others];
}

export const table1: Preset = {
  name: "table-1",
  title: "Table 1",
  purpose:
    "A mask that is taught to forget half of what is memorized forgets the other half too. A random mask is the control.",
  modality: "both",
  source: "section 3, table 1",
  recipe: (base, layers) => ({
    ...base,
    title: "Table 1: targeted against untargeted",
    edits: edits(base, layers),
  }),
  view: () => ({ edit: 1, at: "metrics" }),
  scan: false,
};
