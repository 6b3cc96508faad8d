import type { LinkedView } from "../link";
import type { Recipe } from "../schema";

/** A figure of the paper as a recipe, built from a model's own default recipe. */
export interface Preset {
  readonly name: string;
  /** Further figures and tables that the same recipe is for, as `figure-6` beside `figure-3`. */
  readonly also?: readonly string[];
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly purpose: string;
  /** What kind of model it is for. */
  readonly modality: "images" | "text" | "both";
  /** Where the paper shows it. */
  readonly source: string;
  readonly recipe: (base: Recipe, layers: number) => Recipe;
  readonly view: (layers: number) => LinkedView;
  /** Whether the layer scan belongs to the picture. */
  readonly scan: boolean;
}
