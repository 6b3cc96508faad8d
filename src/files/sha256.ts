/**
 * SHA-256 (FIPS 180-4) of bytes as they arrive. Web Crypto hashes only whole buffers, and is missing on pages served
 * without TLS; a checkpoint of gigabytes is checked while it streams to disk.
 */

/** The first 32 bits of the fractional parts of `root` of the first `count` primes. */
function primeRootBits(count: number, root: (prime: number) => number): Uint32Array {
  const bits: number[] = [];
  for (let candidate = 2; bits.length < count; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
      if (candidate % divisor === 0) isPrime = false;
    }
    if (isPrime) bits.push(Math.floor((root(candidate) % 1) * 2 ** 32));
  }
  return Uint32Array.from(bits);
}

const ROUND_CONSTANTS = Int32Array.from(primeRootBits(64, Math.cbrt));
const INITIAL_STATE = primeRootBits(8, Math.sqrt);
const BLOCK = 64;

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

export class Sha256 {
  readonly #state = Int32Array.from(INITIAL_STATE);
  readonly #schedule = new Int32Array(64);
  readonly #pending = new Uint8Array(BLOCK);
  #pendingBytes = 0;
  #totalBytes = 0;

  update(bytes: Uint8Array): this {
    this.#totalBytes += bytes.byteLength;
    let at = 0;
    if (this.#pendingBytes > 0) {
      at = Math.min(BLOCK - this.#pendingBytes, bytes.byteLength);
      this.#pending.set(bytes.subarray(0, at), this.#pendingBytes);
      this.#pendingBytes += at;
      if (this.#pendingBytes < BLOCK) return this;
      this.#compress(this.#pending, 0);
      this.#pendingBytes = 0;
    }
    for (; at + BLOCK <= bytes.byteLength; at += BLOCK) this.#compress(bytes, at);
    this.#pending.set(bytes.subarray(at));
    this.#pendingBytes = bytes.byteLength - at;
    return this;
  }

  /** The hash as 64 hexadecimal digits; the object must not be used after. */
  hex(): string {
    const bits = BigInt(this.#totalBytes) * 8n;
    const zeros = (2 * BLOCK - 9 - this.#pendingBytes) % BLOCK;
    const padding = new Uint8Array(1 + zeros + 8);
    padding[0] = 0x80;
    new DataView(padding.buffer).setBigUint64(1 + zeros, bits, false);
    this.update(padding);
    return [...this.#state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  #compress(bytes: Uint8Array, offset: number): void {
    const w = this.#schedule;
    for (let t = 0; t < 16; t++) {
      const at = offset + 4 * t;
      w[t] =
        ((bytes[at] ?? 0) << 24) |
        ((bytes[at + 1] ?? 0) << 16) |
        ((bytes[at + 2] ?? 0) << 8) |
        (bytes[at + 3] ?? 0);
    }
    for (let t = 16; t < 64; t++) {
      const near = w[t - 2] ?? 0;
      const far = w[t - 15] ?? 0;
      const sigma1 = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10);
      const sigma0 = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3);
      w[t] = sigma1 + (w[t - 7] ?? 0) + sigma0 + (w[t - 16] ?? 0);
    }
    const state = this.#state;
    let a = state[0] ?? 0;
    let b = state[1] ?? 0;
    let c = state[2] ?? 0;
    let d = state[3] ?? 0;
    let e = state[4] ?? 0;
    let f = state[5] ?? 0;
    let g = state[6] ?? 0;
    let h = state[7] ?? 0;
    for (let t = 0; t < 64; t++) {
      const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const choice = (e & f) ^ (~e & g);
      const first = (h + sum1 + choice + (ROUND_CONSTANTS[t] ?? 0) + (w[t] ?? 0)) | 0;
      const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      const second = (sum0 + majority) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    state[0] = (state[0] ?? 0) + a;
    state[1] = (state[1] ?? 0) + b;
    state[2] = (state[2] ?? 0) + c;
    state[3] = (state[3] ?? 0) + d;
    state[4] = (state[4] ?? 0) + e;
    state[5] = (state[5] ?? 0) + f;
    state[6] = (state[6] ?? 0) + g;
    state[7] = (state[7] ?? 0) + h;
  }
}

/** SHA-256 of bytes in memory. */
export function sha256(bytes: Uint8Array): string {
  return new Sha256().update(bytes).hex();
}
