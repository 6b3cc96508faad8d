import { hashWeights } from "../files/dropped";
import { createHub } from "../files/hub";
import { openStore } from "../files/store";
import { loadCheckpoint, type Checkpoint } from "../stages/model/checkpoint";
import type { ModelSpec } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { droppedCheckpoint } from "./dropped-model";
import { LabError } from "./failure";
import { hubCheckpoint } from "./hub-model";
import type { ModelLoader } from "./pipeline";
import { shippedCheckpoint } from "./shipped-model";
import { TrainingShelf } from "./training/shelf";

/** Models from `public/models`, the hub, trainings that were kept, and files dropped on the page. */
export class BrowserModels {
  /** By the hash of the weights; the bytes stay on disk. */
  readonly #dropped = new Map<string, Checkpoint>();
  readonly #shelf: TrainingShelf;

  constructor(shelf = new TrainingShelf(openStore())) {
    this.#shelf = shelf;
  }

  readonly load: ModelLoader = async (recipe, backend, context) =>
    loadCheckpoint(backend, await this.#checkpoint(recipe.model, context), context);

  /** Keeps dropped files while the page is open; resolves to the hash they are known by. */
  async adopt(files: readonly File[], { signal, onProgress }: StageContext): Promise<string> {
    const { folder, checkpoint } = await droppedCheckpoint(files, signal);
    const hash = await hashWeights(folder, signal, (bytes, total) => {
      onProgress(bytes / 1e6, total / 1e6, "MB");
    });
    this.#dropped.set(hash, checkpoint);
    return hash;
  }

  async #checkpoint(spec: ModelSpec, context: StageContext): Promise<Checkpoint> {
    if (spec.kind === "shipped") return shippedCheckpoint(spec.name, context);
    if (spec.kind === "hub") return hubCheckpoint(createHub(), await openStore(), spec, context);
    if (spec.kind === "trained") return this.#shelf.checkpoint(spec.id);
    const dropped = this.#dropped.get(spec.sha256);
    if (dropped) return dropped;
    throw new LabError(
      "This model was dropped on another page or before a reload; its files are not here.",
      "Drop its folder again, or choose a shipped model.",
    );
  }
}
