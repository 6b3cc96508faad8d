import type { TextTokenizer } from "./types";
import type { Passage } from "./types";

/** Tokens of a passage that a model is given, and that it is asked for. */
export const PREFIX_TOKENS = 64;
export const SUFFIX_TOKENS = 48;

/** Tokens at the end of a quote that a model is asked for. */
export const QUOTE_SUFFIX_TOKENS = 8;

/** A passage as a task: a model that continues P with exactly S recites it. */
export interface Recitation {
  readonly id: number;
  readonly kind: Passage["kind"];
  /** P, without the end of text before it. */
  readonly prefix: readonly number[];
  /** S. */
  readonly suffix: readonly number[];
}

/**
 * Splits a passage after its first 64 tokens and keeps the 48 that follow; a quote before its last 8.
 * @throws RangeError if it has fewer tokens than that.
 */
export function recitationOf({ id, kind, text }: Passage, tokenizer: TextTokenizer): Recitation {
  const tokens = tokenizer.encode(text);
  const isQuote = kind === "quote";
  const needed = isQuote ? QUOTE_SUFFIX_TOKENS + 1 : PREFIX_TOKENS + SUFFIX_TOKENS;
  if (tokens.length < needed) {
    throw new RangeError(
      `recitationOf: expected at least ${needed} tokens in ${kind} ${id}, got ${tokens.length}: ${text}`,
    );
  }
  const split = isQuote ? tokens.length - QUOTE_SUFFIX_TOKENS : PREFIX_TOKENS;
  const end = isQuote ? tokens.length : PREFIX_TOKENS + SUFFIX_TOKENS;
  return { id, kind, prefix: tokens.slice(0, split), suffix: tokens.slice(split, end) };
}
