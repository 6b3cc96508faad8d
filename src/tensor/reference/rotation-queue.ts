import type { Steps } from "./steps";

/** Columns whose values are carried in registers while a chain of rotations runs down the rows. */
const STRIP = 4;

/**
 * Plane rotations of neighbouring rows of a matrix, collected and applied many sweeps at a time. A strip of four
 * columns is copied out, so that all sweeps of the queue work on it within the first cache.
 */
export class RotationQueue {
  readonly #rows: Float64Array;
  readonly #size: number;
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  /** Of every sweep: its first (lower) row and its end in the rotation arrays. */
  readonly #sweeps: { readonly lastRow: number; readonly begin: number; end: number }[] = [];
  #length = 0;

  constructor(rows: Float64Array, size: number) {
    this.#rows = rows;
    this.#size = size;
    this.#cosines = new Float64Array(48 * size);
    this.#sines = new Float64Array(48 * size);
  }

  /** True if one more sweep might not fit. */
  get full(): boolean {
    return this.#length + this.#size > this.#cosines.length;
  }

  /** Starts a sweep whose first rotation mixes rows `lastRow` − 1 and `lastRow`; every further one is a row higher. */
  beginSweep(lastRow: number): void {
    this.#sweeps.push({ lastRow, begin: this.#length, end: this.#length });
  }

  /** (x, y) → (cx − sy, sx + cy) for the upper row x and the lower row y. */
  push(cosine: number, sine: number): void {
    this.#cosines[this.#length] = cosine;
    this.#sines[this.#length] = sine;
    this.#length++;
    const sweep = this.#sweeps.at(-1);
    if (sweep !== undefined) sweep.end = this.#length;
  }

  /** Applies what was collected and empties the queue; yields the share of the columns done. */
  *flushSteps(): Steps<void> {
    const n = this.#size;
    const strip = new Float64Array(n * STRIP);
    for (let column = 0; column < n; column += STRIP) {
      const width = Math.min(STRIP, n - column);
      for (let r = 0; r < n; r++) {
        for (let c = 0; c < width; c++) strip[r * STRIP + c] = this.#rows[r * n + column + c] ?? 0;
      }
      for (const { lastRow, begin, end } of this.#sweeps) {
        rotateStrip(strip, this.#cosines, this.#sines, lastRow, begin, end);
      }
      for (let r = 0; r < n; r++) {
        for (let c = 0; c < width; c++) this.#rows[r * n + column + c] = strip[r * STRIP + c] ?? 0;
      }
      yield (column + width) / n;
    }
    this.#sweeps.length = 0;
    this.#length = 0;
  }
}

function rotateStrip(
  strip: Float64Array,
  cosines: Float64Array,
  sines: Float64Array,
  lastRow: number,
  begin: number,
  end: number,
): void {
  let at = lastRow * STRIP;
  let y0 = strip[at] ?? 0;
  let y1 = strip[at + 1] ?? 0;
  let y2 = strip[at + 2] ?? 0;
  let y3 = strip[at + 3] ?? 0;
  for (let k = begin; k < end; k++) {
    const c = cosines[k] ?? 0;
    const s = sines[k] ?? 0;
    const x0 = strip[at - 4] ?? 0;
    const x1 = strip[at - 3] ?? 0;
    const x2 = strip[at - 2] ?? 0;
    const x3 = strip[at - 1] ?? 0;
    strip[at] = s * x0 + c * y0;
    strip[at + 1] = s * x1 + c * y1;
    strip[at + 2] = s * x2 + c * y2;
    strip[at + 3] = s * x3 + c * y3;
    y0 = c * x0 - s * y0;
    y1 = c * x1 - s * y1;
    y2 = c * x2 - s * y2;
    y3 = c * x3 - s * y3;
    at -= STRIP;
  }
  strip[at] = y0;
  strip[at + 1] = y1;
  strip[at + 2] = y2;
  strip[at + 3] = y3;
}
