import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { CovarianceSum, RowSelection } from "../../runtime/linear-algebra";
import { float32, int32, type HostTensor } from "../../tensor/host-tensor";
import { streamKey, uniformAt } from "../../tensor/random";
import type { LabelledImages } from "../data/types";
import type { Linear, LinearId, LoadedModel, TapGraph } from "../model/types";
import { orAborted, type StageContext } from "../progress";
import type { FactorsSpec } from "./types";

/** Sums behind the factors of one linear. */
export interface LinearSums {
  readonly linear: Linear;
  readonly A: CovarianceSum;
  readonly G: CovarianceSum;
}

/** Images per run of the graph: few enough that a slow device still hears a cancel, enough to keep it busy. */
const batchSize = 32;
/** Runs whose work may be queued on the device at once. */
const runsInFlight = 2;

/**
 * Factor sums over the first images of a data set. They can be added to: `collect` goes on where it stopped, also
 * after a cancel, and the result does not depend on how often that happened.
 */
export class FactorSums {
  readonly linears: ReadonlyMap<LinearId, LinearSums>;
  readonly #backend: Backend;
  readonly #model: LoadedModel;
  readonly #spec: FactorsSpec;
  #images = 0;

  constructor(backend: Backend, model: LoadedModel, spec: FactorsSpec) {
    this.#backend = backend;
    this.#model = model;
    this.#spec = spec;
    const known = new Map(model.summary.linears.map((linear) => [linear.id, linear]));
    const linears = spec.linears.map((id) => {
      const linear = known.get(id);
      if (!linear) throw new RangeError(`factors: ${id} is no linear of this model`);
      return linear;
    });
    this.linears = new Map(
      linears.map((linear) => {
        const { id, inputs, outputs } = linear;
        const A = backend.linearAlgebra.covarianceSum(`A of ${id}`, inputs);
        return [id, { linear, A, G: backend.linearAlgebra.covarianceSum(`G of ${id}`, outputs) }];
      }),
    );
  }

  /** Images averaged so far. */
  get images(): number {
    return this.#images;
  }

  /** Adds images until `total` have been seen. What was added before an abort stays. */
  async collect(source: LabelledImages, total: number, context: StageContext): Promise<void> {
    if (this.#images >= total) return;
    const backend = this.#backend;
    const taps = this.#model.taps(batchSize, this.#spec.linears, this.#spec.labels);
    const session = await backend.compile(taps.graph, "device");
    const inFlight: Promise<void>[] = [];
    try {
      while (this.#images < total) {
        context.signal.throwIfAborted();
        const count = Math.min(batchSize, total - this.#images);
        const feeds = this.#feeds(source, taps, this.#images, count);
        const held = Object.values(feeds);
        try {
          const outputs = await session.run({ ...Object.fromEntries(this.#model.parameters), ...feeds });
          held.push(...Object.values(outputs));
          this.#add(taps, outputs, count);
          this.#images += count;
        } finally {
          for (const tensor of held) tensor.release();
        }
        inFlight.push(backend.settled());
        while (inFlight.length >= runsInFlight) {
          const oldest = inFlight.shift();
          if (oldest) await orAborted(oldest, context.signal);
        }
        context.onProgress(this.#images, total, "images");
      }
      await orAborted(backend.settled(), context.signal);
    } finally {
      await session.release();
    }
  }

  release(): void {
    for (const { A, G } of this.linears.values()) {
      A.release();
      G.release();
    }
  }

  /** The last batch is filled up with copies of its first image, whose rows are then left out. */
  #feeds(
    source: LabelledImages,
    taps: TapGraph,
    first: number,
    count: number,
  ): Readonly<Record<string, DeviceTensor>> {
    const indices = Array.from({ length: taps.batch }, (_, i) => first + (i < count ? i : 0));
    const images = float32(this.#model.imageShape(taps.batch), source.pixels(indices));
    const labels =
      this.#spec.labels === "sampled"
        ? {
            uniforms: float32(
              [taps.batch, 1],
              indices.map((index) => labelDraw(this.#spec.seed, index)),
            ),
          }
        : {
            labels: int32(
              [taps.batch],
              indices.map((index) => source.givenLabel(index)),
            ),
          };
    const entries = Object.entries<HostTensor>({ [taps.images]: images, ...labels });
    return Object.fromEntries(entries.map(([name, tensor]) => [name, this.#backend.upload(tensor)]));
  }

  #add(taps: TapGraph, outputs: Readonly<Record<string, DeviceTensor>>, images: number): void {
    for (const { linear, a, g } of taps.taps) {
      const sums = this.linears.get(linear.id);
      const activations = outputs[a];
      const gradients = outputs[g];
      if (!sums || !activations || !gradients) throw new Error(`factors: no tap of ${linear.id}`);
      const rows = this.#rows(linear, taps, activations, images);
      sums.A.add(activations, rows);
      sums.G.add(gradients, rows);
    }
  }

  #rows(linear: Linear, taps: TapGraph, tensor: DeviceTensor, images: number): RowSelection {
    const perImage = (tensor.shape[0] ?? 0) / taps.batch;
    const readout = this.#spec.tokens === "readout" && readsOneToken(linear, this.#model);
    return readout
      ? { first: 0, count: images, stride: perImage }
      : { first: 0, count: images * perImage, stride: 1 };
  }
}

/** In the last layer the class token alone reaches the head, but it reads keys and values of every token. */
export function readsOneToken(linear: Linear, model: LoadedModel): boolean {
  const mixesTokens = linear.role === "key" || linear.role === "value";
  return linear.layer === model.readoutLayer && !mixesTokens;
}

/** Uniform number in [0, 1) with 24 bits, so that float32 holds it exactly; a function of seed and image alone. */
function labelDraw(seed: number, index: number): number {
  return Math.floor(uniformAt(streamKey(seed, index), 0) * 0x1000000) / 0x1000000;
}
