/** Milliseconds between two writes at least, and how many times longer than the last write they are at least. */
export interface Rest {
  readonly least: number;
  readonly timesWrite: number;
}

/** When something that changes all the time is written again: not before a rest, which grows with what a write takes. */
export class WritePace {
  readonly #rest: Rest;
  #next: number;

  /** The first write is due after `delay` milliseconds. */
  constructor(rest: Rest, delay = 0) {
    this.#rest = rest;
    this.#next = performance.now() + delay;
  }

  get isDue(): boolean {
    return performance.now() >= this.#next;
  }

  /** Begins the rest after a write that began at this time and has just ended. */
  wrote(began: number): void {
    const ended = performance.now();
    this.#next = ended + Math.max(this.#rest.least, this.#rest.timesWrite * (ended - began));
  }
}
