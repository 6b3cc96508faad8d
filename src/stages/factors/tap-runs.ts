import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { Feeds } from "../../runtime/session";
import { float32, int32, type HostTensor } from "../../tensor/host-tensor";
import { streamKey, uniformAt } from "../../tensor/random";
import type { Samples } from "../data/types";
import type { TapGraph, Tapped } from "../model/types";
import { evenBatch } from "../even-batch";
import { orAborted, type StageContext } from "../progress";
import type { TapChoice } from "./types";

/** Runs whose work may be queued on the device at once. */
const runsInFlight = 2;

/** A compiled graph of taps. */
export interface TapSession {
  /** Runs the graph and takes what it gives of the first `counted` of its samples. */
  run(feeds: Feeds, counted: number): Promise<void>;
  release(): Promise<void>;
}

/** The taps of some linears over samples of a data set, batch by batch; the same samples give the same taps. */
export class TapRuns {
  /** Of a single sample; a run takes as many as it can. */
  readonly taps: TapGraph;
  readonly #backend: Backend;
  readonly #model: Tapped;
  readonly #spec: TapChoice;

  constructor(backend: Backend, model: Tapped, spec: TapChoice) {
    this.#backend = backend;
    this.#model = model;
    this.#spec = spec;
    const known = new Set(model.summary.linears.map(({ id }) => id));
    const unknown = spec.linears.find((id) => !known.has(id));
    if (unknown !== undefined) throw new RangeError(`factors: ${unknown} is no linear of this model`);
    this.taps = model.taps(1, spec.linears, spec.labels, spec.tokens);
  }

  /** Runs samples `first` to `total` − 1; nothing waits for the device but every so often, to be stopped in time. */
  async run(
    source: Samples,
    first: number,
    total: number,
    open: (taps: TapGraph) => Promise<TapSession>,
    unit: string,
    context: StageContext,
  ): Promise<void> {
    const backend = this.#backend;
    const { linears, labels, tokens } = this.#spec;
    const batch = evenBatch(total - first, this.#model.factorBatch(backend.kind));
    const taps = this.#model.taps(batch, linears, labels, tokens);
    context.onStart?.(first);
    const session = await open(taps);
    const inFlight: Promise<void>[] = [];
    try {
      for (let done = first; done < total;) {
        context.signal.throwIfAborted();
        const count = Math.min(taps.batch, total - done);
        const feeds = this.#feeds(taps, source, done, count);
        try {
          await session.run({ ...Object.fromEntries(this.#model.parameters), ...feeds }, count);
          done += count;
        } finally {
          for (const tensor of Object.values(feeds)) tensor.release();
        }
        inFlight.push(backend.settled());
        while (inFlight.length >= runsInFlight) {
          const oldest = inFlight.shift();
          if (oldest) await orAborted(oldest, context.signal);
        }
        context.onProgress(done, total, unit);
      }
      await orAborted(backend.settled(), context.signal);
    } finally {
      await session.release();
    }
  }

  /** The last batch is filled up with copies of its first sample, whose rows are then left out. */
  #feeds(
    { batch, input, labelRows }: TapGraph,
    source: Samples,
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
}

/** Uniform number in [0, 1) with 24 bits, so that float32 holds it exactly; a function of seed and row of logits alone. */
function labelDraw(seed: number, index: number): number {
  return Math.floor(uniformAt(streamKey(seed, index), 0) * 0x1000000) / 0x1000000;
}
