/** One cached artifact: kept while its key stays, released when another takes its place. */
export class Slot<T> {
  readonly #release: (value: T) => void | Promise<void>;
  #held: { readonly key: string; readonly value: T } | undefined;

  constructor(release: (value: T) => void | Promise<void> = () => undefined) {
    this.#release = release;
  }

  /** The artifact of this key, if it is the one held. */
  get(key: string): T | undefined {
    return this.#held?.key === key ? this.#held.value : undefined;
  }

  /** The held artifact and its key, whatever it is. */
  get held(): { readonly key: string; readonly value: T } | undefined {
    return this.#held;
  }

  async put(key: string, value: T): Promise<T> {
    await this.clear();
    this.#held = { key, value };
    return value;
  }

  async clear(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    if (held) await this.#release(held.value);
  }
}
