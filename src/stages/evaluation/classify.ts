import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { hostFloats } from "../../runtime/device-tensor";
import type { Session } from "../../runtime/session";
import type { Samples } from "../data/types";
import type { ImageModel, LinearId } from "../model/types";
import { evenBatch } from "../even-batch";
import { orAborted, type StageContext } from "../progress";
import type { Predictions } from "./types";

/** Images per run: enough to keep a device busy and still hear a cancel. */
const largestBatch = 100;

/** Images kept on the device and a forward graph: classifies them again and again under different weights. */
export class Classifier {
  readonly #backend: Backend;
  readonly #model: ImageModel;
  readonly #session: Session;
  readonly #batches: readonly DeviceTensor[];
  readonly #images: number;
  readonly #batchSize: number;

  private constructor(
    backend: Backend,
    model: ImageModel,
    session: Session,
    batches: readonly DeviceTensor[],
    images: number,
    batchSize: number,
  ) {
    this.#backend = backend;
    this.#model = model;
    this.#session = session;
    this.#batches = batches;
    this.#images = images;
    this.#batchSize = batchSize;
  }

  static async create(
    backend: Backend,
    model: ImageModel,
    source: Samples,
    indices: readonly number[],
  ): Promise<Classifier> {
    const batchSize = evenBatch(indices.length, largestBatch);
    const session = await backend.compile(model.forward(batchSize), "host");
    const batches: DeviceTensor[] = [];
    const classifier = new Classifier(backend, model, session, batches, indices.length, batchSize);
    try {
      for (let start = 0; start < indices.length; start += batchSize) {
        const chunk = indices.slice(start, start + batchSize);
        // The graph's batch is fixed: the last one is filled up and the surplus ignored.
        while (chunk.length < batchSize) chunk.push(indices[0] ?? 0);
        batches.push(backend.upload(source.input(chunk)));
      }
    } catch (error) {
      await classifier.release();
      throw error;
    }
    return classifier;
  }

  /** Predictions with some weights replaced; the model itself is not touched. */
  async classify(replaced: ReadonlyMap<LinearId, DeviceTensor>, context: StageContext): Promise<Predictions> {
    const labels = new Uint8Array(this.#images);
    const confidence = new Float32Array(this.#images);
    const weights = Object.fromEntries([...this.#model.parameters, ...replaced]);
    const batchSize = this.#batchSize;
    const [input] = this.#session.graph.inputs;
    for (const [i, batch] of this.#batches.entries()) {
      context.signal.throwIfAborted();
      // Not left at an abort: the run reads buffers that others release.
      const { logits } = await this.#session.run({ ...weights, [input?.name ?? ""]: batch });
      if (!logits) throw new Error("evaluation: the graph gave no logits");
      const count = Math.min(batchSize, this.#images - i * batchSize);
      readPredictions(hostFloats(logits), logits.shape[1] ?? 1, count, i * batchSize, { labels, confidence });
      logits.release();
      context.onProgress(i * batchSize + count, this.#images, "images");
      await orAborted(this.#backend.settled(), context.signal);
    }
    return { labels, confidence };
  }

  async release(): Promise<void> {
    for (const batch of this.#batches) batch.release();
    await this.#session.release();
  }
}

/** Most likely class and its softmax probability for `count` rows of logits. */
function readPredictions(
  logits: Float32Array,
  classes: number,
  count: number,
  first: number,
  into: Predictions,
): void {
  for (let row = 0; row < count; row++) {
    const values = logits.subarray(row * classes, (row + 1) * classes);
    let best = 0;
    for (let c = 1; c < classes; c++) if ((values[c] ?? 0) > (values[best] ?? 0)) best = c;
    const top = values[best] ?? 0;
    if (!Number.isFinite(top)) throw new Error("evaluation: the model's logits are not finite");
    let sum = 0;
    for (const value of values) sum += Math.exp(value - top);
    into.labels[first + row] = best;
    into.confidence[first + row] = 1 / sum;
  }
}
