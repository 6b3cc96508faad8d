import { Commands } from "./commands";
import type { GpuContext } from "./device";

/** GPU time aimed at per submission: long enough to hide submitting, short enough to keep page and cancel quick. */
const targetMilliseconds = 20;
/** Operations of the first submission, before any rate is known: 20 ms at 1 GFLOP/s. */
const firstBudget = 2e7;
const smallestBudget = 1e6;
const submissionsInFlight = 2;

/**
 * Long work as a series of submissions of about 20 ms each. Callers record into `commands` in pieces of at most
 * `budget` operations and account for each with `spend`, which submits, waits, and stops at an abort.
 * How work is cut must not change its result: pieces are independent or ordered alike.
 */
export class Pace {
  readonly gpu: GpuContext;
  readonly commands: Commands;
  readonly #signal: AbortSignal | undefined;
  readonly #inFlight: Promise<void>[] = [];
  readonly #adaptive: boolean;
  #budget: number;
  #recorded = 0;
  #lastEnd = 0;

  /** A given `budget` is kept; else it follows the speed of the device. */
  constructor(gpu: GpuContext, signal?: AbortSignal, budget?: number) {
    this.gpu = gpu;
    this.commands = new Commands(gpu);
    this.#signal = signal;
    this.#adaptive = budget === undefined;
    this.#budget = budget ?? firstBudget;
  }

  /** Operations (multiplications and additions) that one submission should hold now. */
  get budget(): number {
    return this.#budget;
  }

  /** How many items of this cost to record at once, at least one. */
  items(operationsPerItem: number): number {
    return Math.max(1, Math.floor(this.#budget / operationsPerItem));
  }

  /** Accounts for recorded work; submits when the budget is used up. Rejects if aborted or if the device failed. */
  async spend(operations: number): Promise<void> {
    this.#recorded += operations;
    if (this.#recorded >= this.#budget) await this.flush();
  }

  /** Submits what is recorded and waits until at most one submission is unfinished. */
  async flush(): Promise<void> {
    this.#check();
    const operations = this.#recorded;
    const start = performance.now();
    this.#recorded = 0;
    this.commands.submit();
    const finished = this.gpu.errors.answered().then(() => {
      const end = performance.now();
      this.#adapt(operations, end - Math.max(start, this.#lastEnd));
      this.#lastEnd = end;
    });
    this.#inFlight.push(finished);
    while (this.#inFlight.length >= submissionsInFlight) await this.#oldest();
    this.#check();
  }

  /** Submits what is recorded and waits for all of it. */
  async drain(): Promise<void> {
    await this.flush();
    while (this.#inFlight.length > 0) await this.#oldest();
    this.#check();
  }

  /** Waits for the oldest submission, or for an abort, which need not wait for a busy GPU. */
  async #oldest(): Promise<void> {
    const finished = this.#inFlight.shift();
    const signal = this.#signal;
    if (signal === undefined) {
      await finished;
      return;
    }
    let stopWaiting: () => void = () => undefined;
    const aborted = new Promise<void>((resolve) => {
      stopWaiting = resolve;
      signal.addEventListener("abort", stopWaiting);
    });
    try {
      await Promise.race([finished, aborted]);
    } finally {
      signal.removeEventListener("abort", stopWaiting);
    }
    this.#check();
  }

  #adapt(operations: number, milliseconds: number): void {
    // A small remainder says little: its time is mostly that of submitting.
    if (!this.#adaptive || operations < this.#budget / 2) return;
    const ideal = (operations / Math.max(milliseconds, 0.1)) * targetMilliseconds;
    const bounded = Math.min(Math.max(ideal, this.#budget / 4), this.#budget * 2);
    this.#budget = Math.max(smallestBudget, bounded);
  }

  #check(): void {
    this.#signal?.throwIfAborted();
    this.gpu.errors.throwIfFailed();
  }
}
