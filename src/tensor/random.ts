/**
 * Counter-based random numbers: every value is a pure function of a seed and counters, so any one of them can be
 * drawn alone and Node and the browser agree bit for bit. The only source of randomness in the lab.
 */

/** Bijective 32-bit mixer; two multiply-xorshift rounds. */
export function mix32(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}

/** Key of the stream `index` of a seed. */
export function streamKey(seed: number, index: number): number {
  return mix32((mix32(seed) + Math.imul(index, 0x9e3779b9)) >>> 0);
}

/** Uniform number in [0, 1) at position `counter` of a stream. */
export function uniformAt(key: number, counter: number): number {
  return mix32((key + Math.imul(counter, 0x85ebca6b)) >>> 0) / 4294967296;
}

/** Sequential view of one stream: for shuffles, initial weights and label draws. */
export class RandomStream {
  readonly #key: number;
  #counter: number;

  constructor(seed: number, stream = 0, counter = 0) {
    this.#key = streamKey(seed, stream);
    this.#counter = counter;
  }

  /** Position in the stream; a stream built with it goes on from here. */
  get counter(): number {
    return this.#counter;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return uniformAt(this.#key, this.#counter++);
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Normal with this deviation, redrawn outside ±2 deviations (PyTorch's `trunc_normal_` cuts at ±2 absolute). */
  truncatedNormal(deviation: number): number {
    let value = this.normal();
    while (Math.abs(value) > 2) value = this.normal();
    return value * deviation;
  }

  /** Integer in [0, bound). */
  integer(bound: number): number {
    return Math.min(Math.floor(this.uniform() * bound), bound - 1);
  }

  /** The numbers 0..count-1 in random order (Fisher and Yates). */
  permutation(count: number): Uint32Array<ArrayBuffer> {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = held;
    }
    return order;
  }
}
