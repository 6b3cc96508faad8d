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
}

export const runSpecs: readonly RunSpec[] = [
  { name: "images-plain", preset: "figure-4", model: "vit-plain", scan: true, texts: false },
  { name: "images-staged", preset: "figure-4", model: "vit-staged", scan: true, texts: false },
  { name: "texts", preset: "table-4", model: "olmo-planted", scan: false, texts: true },
  { name: "texts-tradeoff", preset: "figure-3", model: "olmo-planted", scan: false, texts: false },
];
