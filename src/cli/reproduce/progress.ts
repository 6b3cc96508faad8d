import { commonPrompts } from "../../book/common-prompts";
import { minutes } from "../duration";
import type { Target } from "./targets";

/** How long parts of a result take, as multiples of an evaluated edit of an image model; measured on a processor. */
const relative = {
  images: { prepare: 40, edit: 1, prompt: 0 },
  corpus: { prepare: 60, edit: 12, prompt: 1.5 },
} as const;

/** Stages before the edits of a run, and the bands after them. */
const stages = 6;

/** What of a result has been done. */
export interface Done {
  readonly stages: number;
  /** Edits of the recipe and of the scan. */
  readonly edits: number;
}

interface Work {
  readonly stage: number;
  readonly edit: number;
  readonly all: number;
}

function workOf({ recipe, scan, texts }: Pick<Target, "recipe" | "scan" | "texts">): Work {
  const { prepare, edit, prompt } = relative[recipe.data.kind === "shapes" ? "images" : "corpus"];
  const edits = recipe.edits.length + scan.length;
  const written = texts ? prompt * commonPrompts.length * recipe.edits.length : 0;
  return { stage: prepare / stages, edit, all: prepare + edit * edits + written };
}

/** Tells how much of all work is done and how long the rest takes at this rate. */
export class Progress {
  readonly #total: number;
  readonly #now: () => number;
  readonly #began: number;
  #finished = 0;

  /** `now` in milliseconds. */
  constructor(
    targets: readonly Pick<Target, "recipe" | "scan" | "texts">[],
    now = (): number => performance.now(),
  ) {
    this.#total = targets.reduce((sum, target) => sum + workOf(target).all, 0);
    this.#now = now;
    this.#began = now();
  }

  line(target: Pick<Target, "recipe" | "scan" | "texts">, done: Done): string {
    const { stage, edit, all } = workOf(target);
    const share = (this.#finished + Math.min(all, stage * done.stages + edit * done.edits)) / this.#total;
    const seconds = (this.#now() - this.#began) / 1000;
    const left = share > 0 ? `, about ${minutes((seconds / share) * (1 - share))} left` : "";
    return `${(100 * share).toFixed(0)} %, ${minutes(seconds)}${left}`;
  }

  finished(target: Pick<Target, "recipe" | "scan" | "texts">): void {
    this.#finished += workOf(target).all;
  }
}
