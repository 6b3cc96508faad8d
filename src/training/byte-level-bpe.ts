import { byteCharacters, toByteCharacters } from "../stages/data/byte-alphabet";

/**
 * Byte-pair encoding by its definition: words are split into bytes, and the most frequent pair of neighbours becomes a
 * token, again and again. Of equally frequent pairs the one whose tokens are older comes first, left before right.
 */
export interface BytePairTokens {
  /** Token of each id: the special tokens, the 256 bytes, then one token for each merge. */
  readonly tokens: readonly string[];
  /** Pairs in the order in which they are merged. */
  readonly merges: readonly (readonly [left: string, right: string])[];
}

interface Word {
  /** Ids of the tokens it is made of so far. */
  tokens: readonly number[];
  readonly count: number;
}

interface Pair {
  readonly left: number;
  readonly right: number;
  count: number;
  /** The words that hold the pair or once held it. */
  readonly words: Set<Word>;
}

/** Ids are below this, so that two of them make one exact number. */
const ID_LIMIT = 2 ** 26;

/** The pairs of neighbours in all words, with counts that follow the words as they change. */
class PairCounts {
  readonly #pairs = new Map<number, Pair>();

  /** Counts the pairs of a word in (`sign` 1) or out (-1). */
  count(word: Word, sign: 1 | -1): void {
    for (let i = 0; i + 1 < word.tokens.length; i++) {
      const left = word.tokens[i] ?? 0;
      const right = word.tokens[i + 1] ?? 0;
      const key = left * ID_LIMIT + right;
      let pair = this.#pairs.get(key);
      if (!pair) this.#pairs.set(key, (pair = { left, right, count: 0, words: new Set() }));
      pair.count += sign * word.count;
      pair.words.add(word);
      if (pair.count === 0) this.#pairs.delete(key);
    }
  }

  mostFrequent(): Pair | undefined {
    let best: Pair | undefined;
    for (const pair of this.#pairs.values()) if (!best || precedes(pair, best)) best = pair;
    return best;
  }
}

function precedes(a: Pair, b: Pair): boolean {
  if (a.count !== b.count) return a.count > b.count;
  return a.left !== b.left ? a.left < b.left : a.right < b.right;
}

/** The tokens with every occurrence of the pair replaced by `merged`, from the left on. */
function merge(tokens: readonly number[], { left, right }: Pair, merged: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? 0;
    if (token === left && tokens[i + 1] === right) {
      result.push(merged);
      i++;
    } else result.push(token);
  }
  return result;
}

/**
 * Learns `size` tokens, the special ones among them, from words with their counts.
 * @throws RangeError if the words have too few different pairs for so many tokens.
 */
export function trainBytePairs(
  wordCounts: ReadonlyMap<string, number>,
  size: number,
  specialTokens: readonly string[],
): BytePairTokens {
  const tokens = [...specialTokens, ...byteCharacters];
  const ids = new Map(byteCharacters.map((character, byte) => [character, specialTokens.length + byte]));
  const pairs = new PairCounts();
  for (const [text, count] of wordCounts) {
    const word = {
      tokens: Array.from(toByteCharacters(text), (character) => ids.get(character) ?? 0),
      count,
    };
    pairs.count(word, 1);
  }
  const merges: (readonly [string, string])[] = [];
  while (tokens.length < size) {
    const pair = pairs.mostFrequent();
    if (!pair) {
      throw new RangeError(
        `trainBytePairs: expected words with pairs for ${size} tokens, but they are used up at ${tokens.length}`,
      );
    }
    const left = tokens[pair.left] ?? "";
    const right = tokens[pair.right] ?? "";
    const merged = tokens.push(left + right) - 1;
    merges.push([left, right]);
    for (const word of [...pair.words]) {
      pairs.count(word, -1);
      word.tokens = merge(word.tokens, pair, merged);
      pairs.count(word, 1);
    }
  }
  return { tokens, merges };
}
