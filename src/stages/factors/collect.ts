import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { CovarianceSum, RowSelection } from "../../runtime/linear-algebra";
import { float32, int32, type HostTensor } from "../../tensor/host-tensor";
import { streamKey, uniformAt } from "../../tensor/random";
import type { Samples } from "../data/types";
import type { Linear, LinearId, TapGraph, Tapped } from "../model/types";
import { orAborted, type StageContext } from "../progress";
import type { TapChoice } from "./types";

/** Sums behind the factors of one linear. */
export interface LinearSums {
  readonly linear: Linear;
  readonly A: CovarianceSum;
  readonly G: CovarianceSum;
}

/** Runs whose work may be queued on the device at once. */
const runsInFlight = 2;

/**
 * Factor sums over the first samples of a data set. They can be added to: `collect` goes on where it stopped, also
 * after a cancel, and the result does not depend on how often that happened.
 */
export class FactorSums {
  readonly linears: ReadonlyMap<LinearId, LinearSums>;
  readonly #backend: Backend;
  readonly #model: Tapped;
  readonly #spec: TapChoice;
  readonly #taps: TapGraph;
  #samples = 0;

  constructor(backend: Backend, model: Tapped, spec: TapChoice) {
    this.#backend = backend;
    this.#model = model;
    this.#spec = spec;
    const known = new Set(model.summary.linears.map(({ id }) => id));
    const unknown = spec.linears.find((id) => !known.has(id));
    if (unknown !== undefined) throw new RangeError(`factors: ${unknown} is no linear of this model`);
    this.#taps = model.taps(model.tapBatch, spec.linears, spec.labels);
    /** Linears that read the same inputs share their A. */
    const inputs = new Map<string, CovarianceSum>();
    this.linears = new Map(
      this.#taps.taps.map(({ linear, a }) => {
        const { id } = linear;
        const A = inputs.get(a) ?? backend.linearAlgebra.covarianceSum(`A of ${id}`, linear.inputs);
        inputs.set(a, A);
        return [id, { linear, A, G: backend.linearAlgebra.covarianceSum(`G of ${id}`, linear.outputs) }];
      }),
    );
  }

  /** Samples (images, windows of text) averaged so far. */
  get samples(): number {
    return this.#samples;
  }

  /** Adds samples until `total` have been seen. What was added before an abort stays. */
  async collect(source: Samples, total: number, context: StageContext): Promise<void> {
    if (this.#samples >= total) return;
    const backend = this.#backend;
    const taps = this.#taps;
    context.onStart?.(this.#samples);
    const session = await backend.compile(taps.graph, "device");
    const inFlight: Promise<void>[] = [];
    try {
      while (this.#samples < total) {
        context.signal.throwIfAborted();
        const count = Math.min(taps.batch, total - this.#samples);
        const feeds = this.#feeds(source, taps, this.#samples, count);
        const held = Object.values(feeds);
        try {
          const outputs = await session.run({ ...Object.fromEntries(this.#model.parameters), ...feeds });
          held.push(...Object.values(outputs));
          this.#add(taps, outputs, count);
          this.#samples += count;
        } finally {
          for (const tensor of held) tensor.release();
        }
        inFlight.push(backend.settled());
        while (inFlight.length >= runsInFlight) {
          const oldest = inFlight.shift();
          if (oldest) await orAborted(oldest, context.signal);
        }
        context.onProgress(this.#samples, total, source.unit);
      }
      await orAborted(backend.settled(), context.signal);
    } finally {
      await session.release();
    }
  }

  release(): void {
    const sums = [...this.linears.values()].flatMap(({ A, G }) => [A, G]);
    for (const sum of new Set(sums)) sum.release();
  }

  /** The last batch is filled up with copies of its first sample, whose rows are then left out. */
  #feeds(
    source: Samples,
    { batch, input, labelRows }: TapGraph,
    first: number,
    count: number,
  ): Readonly<Record<string, DeviceTensor>> {
    const indices = Array.from({ length: batch }, (_, i) => first + (i < count ? i : 0));
    const draws = indices.flatMap((index) =>
      Array.from({ length: labelRows }, (_, row) => labelDraw(this.#spec.seed, index * labelRows + row)),
    );
    const labels =
      this.#spec.labels === "sampled"
        ? { uniforms: float32([draws.length, 1], draws) }
        : { labels: int32([draws.length], source.labels(indices)) };
    const entries = Object.entries<HostTensor>({ [input]: source.input(indices), ...labels });
    return Object.fromEntries(entries.map(([name, tensor]) => [name, this.#backend.upload(tensor)]));
  }

  #add(taps: TapGraph, outputs: Readonly<Record<string, DeviceTensor>>, samples: number): void {
    const added = new Set<CovarianceSum>();
    for (const { linear, a, g } of taps.taps) {
      const sums = this.linears.get(linear.id);
      const activations = outputs[a];
      const gradients = outputs[g];
      if (!sums || !activations || !gradients) throw new Error(`factors: no tap of ${linear.id}`);
      const rows = this.#rows(linear, taps, activations, samples);
      if (!added.has(sums.A)) sums.A.add(activations, rows);
      added.add(sums.A);
      sums.G.add(gradients, rows);
    }
  }

  #rows(linear: Linear, taps: TapGraph, tensor: DeviceTensor, samples: number): RowSelection {
    const perSample = (tensor.shape[0] ?? 0) / taps.batch;
    const readout = this.#spec.tokens === "readout" && readsOneToken(linear, this.#model);
    return readout
      ? { first: 0, count: samples, stride: perSample }
      : { first: 0, count: samples * perSample, stride: 1 };
  }
}

/** In the last layer the class token alone reaches the head, but it reads keys and values of every token. */
export function readsOneToken(linear: Linear, model: Pick<Tapped, "readoutLayer">): boolean {
  const mixesTokens = linear.role === "key" || linear.role === "value";
  return linear.layer === model.readoutLayer && !mixesTokens;
}

/** Uniform number in [0, 1) with 24 bits, so that float32 holds it exactly; a function of seed and row of logits alone. */
function labelDraw(seed: number, index: number): number {
  return Math.floor(uniformAt(streamKey(seed, index), 0) * 0x1000000) / 0x1000000;
}
