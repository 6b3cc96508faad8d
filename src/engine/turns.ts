/** Lets a run and a scan share one device: the scan works in turns, and a run that waits goes before its next turn. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #runs = 0;
  #idle: (() => void)[] = [];

  /** A run: waits for the turn in progress only. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#runs++;
    try {
      return await this.#next(work);
    } finally {
      this.#runs--;
      if (this.#runs === 0) for (const wake of this.#idle.splice(0)) wake();
    }
  }

  /** One turn of a scan: waits until no run is under way or waiting. */
  async turn<T>(work: () => Promise<T>): Promise<T> {
    while (this.#runs > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    return this.#next(work);
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
