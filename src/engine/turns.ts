/**
 * Lets a run and a scan share one device: the scan works in turns, and a run that waits goes before its next turn. Work
 * that can be done again is told to stop when a run waits.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #runs = 0;
  #idle: (() => void)[] = [];
  #pause: AbortController | undefined;

  /** A run: waits for the turn in progress only. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#runs++;
    this.#pause?.abort(new DOMException("a run goes first", "AbortError"));
    try {
      return await this.#next(work);
    } finally {
      this.#runs--;
      if (this.#runs === 0) for (const wake of this.#idle.splice(0)) wake();
    }
  }

  /** One turn of a scan: waits until no run is under way or waiting. `pause` fires when one waits for its end. */
  async turn<T>(work: (pause: AbortSignal) => Promise<T>): Promise<T> {
    while (this.#runs > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    return this.#next(async () => {
      const pause = new AbortController();
      this.#pause = pause;
      if (this.#runs > 0) pause.abort(new DOMException("a run goes first", "AbortError"));
      try {
        return await work(pause.signal);
      } finally {
        if (this.#pause === pause) this.#pause = undefined;
      }
    });
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
