import { RandomStream } from "../../tensor/random";
import type { ScoreStep } from "../../tensor/reference/weight-scores";
import type { BalancedSubnetSpec, SubnetPoint } from "./types";

/** Apart from the streams of the first scores, which are numbered by linears. */
const ORDER_STREAM = 1_000_000;

/** A part of a batch: as many samples as the device takes at once. */
export interface BatchPart {
  readonly indices: readonly number[];
  readonly isLast: boolean;
  readonly step: ScoreStep;
}

/** Where a schedule stands: the epoch, from 0, and the place of the next part in its order. */
export interface SchedulePlace {
  readonly epoch: number;
  readonly at: number;
}

/** Sums of losses of each set, and of how many samples. */
export interface LossSums {
  readonly sums: { readonly forget: number; readonly retain: number };
  readonly counts: { readonly forget: number; readonly retain: number };
}

type Descent = Pick<BalancedSubnetSpec, "epochs" | "batch" | "rate" | "momentum" | "decay" | "seed">;

const start: SchedulePlace = { epoch: 0, at: 0 };

/** Which samples come when: every epoch has all of them in an order of its own, in batches that are run in parts. */
export class Schedule {
  /** Batches of all epochs together. */
  readonly steps: number;
  readonly #spec: Descent;
  readonly #count: number;
  readonly #partSize: number;
  #epoch: number;
  /** Place of the next part in the epoch's order. */
  #at: number;
  #order: Uint32Array;

  constructor(spec: Descent, count: number, partSize: number, { epoch, at }: SchedulePlace = start) {
    this.#spec = spec;
    this.#count = count;
    this.#partSize = partSize;
    this.#epoch = epoch;
    this.#at = at;
    this.steps = spec.epochs * Math.ceil(count / spec.batch);
    this.#order = this.#shuffled();
  }

  get isDone(): boolean {
    return this.#epoch >= this.#spec.epochs || this.#count === 0;
  }

  get place(): SchedulePlace {
    return { epoch: this.#epoch, at: this.#at };
  }

  /** The next part. Velocities decay once per batch, and scores move once all gradients of the batch are in. */
  part(): BatchPart {
    const { rate, momentum, decay } = this.#spec;
    const end = this.#end();
    const isFirst = this.#at % this.#spec.batch === 0;
    const isLast = end === this.#count || end % this.#spec.batch === 0;
    return {
      indices: [...this.#order.subarray(this.#at, end)],
      isLast,
      step: { momentum: isFirst ? momentum : 1, decay: isFirst ? decay : 0, rate: isLast ? rate : 0 },
    };
  }

  advance(): void {
    this.#at = this.#end();
    if (this.#at < this.#count) return;
    this.#at = 0;
    this.#epoch++;
    this.#order = this.#shuffled();
  }

  /** Where the next part ends: no part reaches over the end of its batch. */
  #end(): number {
    const batchEnd = (Math.floor(this.#at / this.#spec.batch) + 1) * this.#spec.batch;
    return Math.min(this.#at + this.#partSize, batchEnd, this.#count);
  }

  #shuffled(): Uint32Array {
    return new RandomStream(this.#spec.seed, ORDER_STREAM + this.#epoch).permutation(this.#count);
  }
}

const noLosses: LossSums = { sums: { forget: 0, retain: 0 }, counts: { forget: 0, retain: 0 } };

/** Losses of one batch, part by part. */
export class BatchLosses {
  readonly #forget: number;
  readonly #sums: { forget: number; retain: number };
  readonly #counts: { forget: number; retain: number };

  /** Samples below `forget` are of the forget set. */
  constructor(forget: number, { sums, counts }: LossSums = noLosses) {
    this.#forget = forget;
    this.#sums = { ...sums };
    this.#counts = { ...counts };
  }

  get sums(): LossSums {
    return { sums: { ...this.#sums }, counts: { ...this.#counts } };
  }

  add(indices: readonly number[], losses: Float32Array): void {
    for (const [i, index] of indices.entries()) {
      const set = index < this.#forget ? "forget" : "retain";
      this.#sums[set] += losses[i] ?? 0;
      this.#counts[set]++;
    }
  }

  point(step: number): SubnetPoint {
    const mean = (set: "forget" | "retain"): number | undefined =>
      this.#counts[set] === 0 ? undefined : this.#sums[set] / this.#counts[set];
    return { step, forget: mean("forget"), retain: mean("retain") };
  }
}
