import type { Target } from "./targets";
import { minutes } from "../duration";
import { commonPrompts } from "../../book/common-prompts";

/** How long parts of a result take, as multiples of an evaluated edit of an image model; measured on a processor. */
const relative = {
  images: { prepare: 6, edit: 1 },
  corpus: { prepare: 40, edit: 12, text: 1.5 },
} as const;

/** The work of a result, all of it; of a model that is loaded and has its factors, the edits are most of it. */
export function workOf({ recipe, scan, texts }: Target): number {
  if (recipe.data.kind === "shapes") {
    const { prepare, edit } = relative.images;
    return prepare + edit * (recipe.edits.length + scan.length);
  }
  const { prepare, edit, text } = relative.corpus;
  const written = texts ? text * commonPrompts.length * recipe.edits.length : 0;
  return prepare + edit * (recipe.edits.length + scan.length) + written;
}

/** Tells how much of all work is done and how long the rest takes at this rate. */
export class Progress {
  readonly #total: number;
  readonly #began = performance.now();
  #done = 0;

  constructor(targets: readonly Target[]) {
    this.#total = targets.reduce((sum, target) => sum + workOf(target), 0);
  }

  /** After this share 0..1 of a target; `finished` ends it. */
  line(target: Target, share: number): string {
    const done = this.#done + share * workOf(target);
    const seconds = (performance.now() - this.#began) / 1000;
    const left = done > 0 ? `, about ${minutes((seconds / done) * (this.#total - done))} left` : "";
    return `${((100 * done) / this.#total).toFixed(0)} %, ${minutes(seconds)}${left}`;
  }

  finished(target: Target): void {
    this.#done += workOf(target);
  }
}
