import type { RandomStream } from "../../../tensor/random";

/**
 * How words are drawn. `zipf`: the word of rank k with probability proportional to 1/(k + 1.5), so that most positions
 * of a text have a few likely words; `uniform`: all words alike, so that a text cannot be guessed.
 */
export type WordLaw = "zipf" | "uniform";

/** Sums of 1/(k + 1.5) up to each rank; additions and divisions in double precision are the same in every engine. */
const zipfSums = new Map<number, Float64Array>();

function zipfSumsOf(count: number): Float64Array {
  let sums = zipfSums.get(count);
  if (sums === undefined) {
    sums = new Float64Array(count);
    let sum = 0;
    for (let rank = 0; rank < count; rank++) {
      sum += 1 / (rank + 1.5);
      sums[rank] = sum;
    }
    zipfSums.set(count, sums);
  }
  return sums;
}

/** Draws the words of one document after the other. */
export class Draw {
  readonly #random: RandomStream;
  readonly #law: WordLaw;
  readonly #used = new Set<string>();

  constructor(random: RandomStream, law: WordLaw) {
    this.#random = random;
    this.#law = law;
  }

  /** Forgets which words were used. */
  startDocument(): void {
    this.#used.clear();
  }

  /** Uniform in [0, 1). */
  share(): number {
    return this.#random.uniform();
  }

  /** Integer from `low` to `high`, both included, all alike. */
  between(low: number, high: number): number {
    return low + this.#random.integer(high - low + 1);
  }

  /** One of the list, all alike. */
  evenly<T>(list: readonly T[]): T {
    return at(list, this.#random.integer(list.length));
  }

  /** One of the list by the law of this text. Only the one chosen is written out, so that it alone uses up words. */
  one<T>(list: readonly T[]): T {
    return at(list, this.#rank(list.length));
  }

  /** A content word by the law of this text: one that the document does not have yet, while there is any. */
  word(list: readonly string[]): string {
    let rank = this.#rank(list.length);
    for (let attempt = 0; attempt < 30 && this.#used.has(at(list, rank)); attempt++) {
      rank = this.#rank(list.length);
    }
    for (let step = 0; step < list.length && this.#used.has(at(list, rank)); step++) {
      rank = (rank + 1) % list.length;
    }
    const word = at(list, rank);
    this.#used.add(word);
    return word;
  }

  #rank(count: number): number {
    if (this.#law === "uniform") return this.#random.integer(count);
    const sums = zipfSumsOf(count);
    const target = this.#random.uniform() * (sums[count - 1] ?? 0);
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) <= target) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined)
    throw new RangeError(`Draw: expected a list with an item ${index}, got ${list.length} items`);
  return item;
}
