/** Which runs the book tells of. Several cards may look at one run. */
export interface RunSpec {
  /** Its file is `public/results/book/NAME.json`. */
  readonly name: string;
  readonly preset: string;
  /** Name of a shipped model. */
  readonly model: string;
  /** Whether every down-projection is also edited alone (Figure 4, top). */
  readonly scan: boolean;
  /** Whether passages and common prompts are written down (Figure 1, Tables 3 and 4). */
  readonly texts: boolean;
  /** Whether the search that the preset opens with belongs to it; takes the place of the scan. */
  readonly search?: true;
  /** Whether the trainings at several weight decays belong to it (Figure 5). */
  readonly decay?: true;
}

/** Below `public/results/`: made by `npm run train -- vit decay-series`, not by a run of a recipe. */
export const decayFile = "decay-series.json";

export const runSpecs: readonly RunSpec[] = [
  {
    name: "images-plain",
    preset: "figure-4",
    model: "vit-plain",
    scan: true,
    texts: false,
    decay: true,
  },
  { name: "images-staged", preset: "figure-4", model: "vit-staged", scan: true, texts: false },
  { name: "texts", preset: "table-4", model: "olmo-planted", scan: false, texts: true },
  { name: "texts-targeted", preset: "table-1", model: "olmo-planted", scan: false, texts: false },
  { name: "texts-tradeoff", preset: "figure-3", model: "olmo-planted", scan: false, texts: false },
  { name: "controls-plain", preset: "controls", model: "vit-plain", scan: false, texts: false },
  { name: "controls-staged", preset: "controls", model: "vit-staged", scan: false, texts: false },
  { name: "rankings-plain", preset: "rankings", model: "vit-plain", scan: false, texts: false },
  { name: "rankings-staged", preset: "rankings", model: "vit-staged", scan: false, texts: false },
  { name: "search-plain", preset: "searches", model: "vit-plain", scan: false, texts: false, search: true },
  { name: "search-staged", preset: "searches", model: "vit-staged", scan: false, texts: false, search: true },
  { name: "controls-texts", preset: "controls", model: "olmo-planted", scan: false, texts: false },
];
