import type { PassageGroup } from "../data/types";
import { levenshtein } from "./levenshtein";
import type { RecitationMetrics } from "./types";

/** How one text was continued. */
export interface Recited {
  /** |S|, in tokens. */
  readonly length: number;
  /** Whether the continuation is S, token by token. */
  readonly strict: boolean;
  /** Levenshtein distance to S in tokens; undefined while not generated. A text recited exactly needs none. */
  readonly distance: number | undefined;
}

/**
 * Compares a continuation with the suffix. The continuation ends before an end of text, as in the authors' evaluation,
 * and is otherwise as long as the suffix.
 */
export function recite(suffix: readonly number[], continuation: readonly number[]): Recited {
  if (suffix.length === 0) throw new RangeError("recite: expected a suffix of at least one token");
  if (continuation.length > suffix.length) {
    throw new RangeError(
      `recite: expected a continuation of at most ${suffix.length} tokens, got ${continuation.length}`,
    );
  }
  const distance = levenshtein(suffix, continuation);
  return { length: suffix.length, strict: distance === 0, distance };
}

/** d / |S|; 0 of a text recited exactly, undefined while not generated. */
export function relativeDistance({ length, strict, distance }: Recited): number | undefined {
  if (strict) return 0;
  return distance === undefined ? undefined : distance / length;
}

/** Loosely recited: 1 − d/|S| ≥ 0.75. Compared in whole tokens, without rounding. */
export function isLoose({ length, strict, distance }: Recited): boolean | undefined {
  if (strict) return true;
  return distance === undefined ? undefined : 4 * distance <= length;
}

/** Averages over texts; NaN of none. Loose and Levenshtein are undefined while a text they need is not generated. */
export function recitationMetrics(texts: readonly Recited[]): RecitationMetrics {
  const passages = texts.length;
  return {
    passages,
    strict: texts.filter(({ strict }) => strict).length / passages,
    loose: meanOf(texts.map(isLoose)),
    levenshtein: meanOf(texts.map(relativeDistance)),
  };
}

function meanOf(values: readonly (number | boolean | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += Number(value);
  }
  return sum / values.length;
}

/** Averages of each group; texts stand in the order of their groups. */
export function recitationByGroup(
  texts: readonly Recited[],
  groups: readonly PassageGroup[],
): Readonly<Record<PassageGroup, RecitationMetrics>> {
  if (texts.length !== groups.length) {
    throw new RangeError(`recitation: expected ${groups.length} texts, got ${texts.length}`);
  }
  const of = (group: PassageGroup): RecitationMetrics =>
    recitationMetrics(texts.filter((_, i) => groups[i] === group));
  return { planted: of("planted"), heldOut: of("heldOut"), quote: of("quote") };
}
