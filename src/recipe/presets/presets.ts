import type { Recipe } from "../schema";
import { isTextRecipe } from "../schema";
import { bestEdit } from "./best-edit";
import { controls } from "./controls";
import { figure1 } from "./figure-1";
import { figure2 } from "./figure-2";
import { figure3 } from "./figure-3";
import { figure4 } from "./figure-4";
import { figure5 } from "./figure-5";
import type { Preset } from "./preset";
import { rankings } from "./rankings";
import { searches } from "./searches";
import { table1 } from "./table-1";
import { table2 } from "./table-2";
import { table3 } from "./table-3";
import { table4 } from "./table-4";

/** In the order of the page; the first opens first. */
export const presets: readonly Preset[] = [
  bestEdit,
  figure1,
  figure2,
  figure3,
  figure4,
  figure5,
  table1,
  table2,
  table3,
  table4,
  controls,
  rankings,
  searches,
];

/** The preset of a figure or table, by its own name or by one it is for as well. */
export function presetNamed(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name || preset.also?.includes(name) === true);
}

/** The presets that suit a recipe's kind of model. */
export function presetsFor(recipe: Recipe): readonly Preset[] {
  const modality = isTextRecipe(recipe) ? "text" : "images";
  return presets.filter((preset) => preset.modality === modality || preset.modality === "both");
}
