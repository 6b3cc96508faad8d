import type { Fact } from "../../stages/data/types";
import type { TextMetrics } from "../../stages/evaluation/types";
import type { TermName } from "../glossary/glossary";
import type { ColourName } from "./plot-theme";
import { percent } from "./number-format";

/** A number of a language model's evaluation: its word, how it is written, and which way is good. */
export interface TextColumn {
  readonly key: TextMetric;
  readonly name: string;
  readonly term: TermName;
  /** The way an edit should move it; held-out passages are a floor that says how to read the others. */
  readonly aim: "less" | "more" | "none";
  readonly colour: ColourName;
  /** Undefined while not known; NaN of no texts at all. */
  readonly value: (metrics: TextMetrics) => number | undefined;
  readonly show: (value: number) => string;
  /** The difference of two values, with its sign. */
  readonly change: (value: number, base: number) => string;
}

export type TextMetric =
  | "strict"
  | "loose"
  | "levenshtein"
  | "quoteStrict"
  | "heldOutStrict"
  | "ndcg"
  | "topOne"
  | "perplexity"
  | "facts";

const share = {
  // Narrow columns: everything and nothing need no decimals.
  show: (value: number) => percent(value, value === 0 || value === 1 ? 0 : 1),
  change: (value: number, base: number) => signed(100 * (value - base), 1),
};
const plain = (digits: number): Pick<TextColumn, "show" | "change"> => ({
  show: (value) => value.toFixed(digits),
  change: (value, base) => signed(value - base, digits),
});

/** What is recited. */
export const memoryColumns: readonly TextColumn[] = [
  {
    key: "strict",
    name: "strict",
    term: "strict",
    aim: "less",
    colour: "memorized",
    value: ({ planted }) => planted.strict,
    ...share,
  },
  {
    key: "loose",
    name: "loose",
    term: "loose",
    aim: "less",
    colour: "memorized",
    value: ({ planted }) => planted.loose,
    ...share,
  },
  {
    key: "levenshtein",
    name: "Leven\u00adshtein",
    term: "levenshtein",
    aim: "more",
    colour: "memorized",
    value: ({ planted }) => planted.levenshtein,
    ...plain(2),
  },
  {
    key: "quoteStrict",
    name: "quotes strict",
    term: "quoteStrict",
    aim: "less",
    colour: "ground-truth",
    value: ({ quotes }) => quotes.strict,
    ...share,
  },
  {
    key: "heldOutStrict",
    name: "held-out strict",
    term: "heldOutStrict",
    aim: "none",
    colour: "clean",
    value: ({ heldOut }) => heldOut.strict,
    ...share,
  },
];

/** What the model can still do. */
export const abilityColumns: readonly TextColumn[] = [
  {
    key: "ndcg",
    name: "nDCG @10",
    term: "ndcg",
    aim: "more",
    colour: "validation",
    value: ({ ndcg }) => ndcg,
    ...plain(3),
  },
  {
    key: "topOne",
    name: "top-1",
    term: "topOne",
    aim: "more",
    colour: "validation",
    value: ({ topOne }) => topOne,
    ...share,
  },
  {
    key: "perplexity",
    name: "perplex\u00adity",
    term: "perplexity",
    aim: "less",
    colour: "validation",
    value: ({ perplexity }) => perplexity,
    ...plain(2),
  },
  {
    key: "facts",
    name: "facts",
    term: "facts",
    aim: "more",
    colour: "validation",
    value: ({ facts }) => meanOf(Object.values(facts)),
    ...share,
  },
];

export const textColumns: readonly TextColumn[] = [...memoryColumns, ...abilityColumns];

/** The kinds of fact with an example of each. */
export const factKinds: readonly { readonly kind: Fact["kind"]; readonly example: string }[] = [
  { kind: "capital", example: "The capital of Norland is" },
  { kind: "export", example: "People in Norland sell" },
  { kind: "month", example: "After May comes" },
  { kind: "sum", example: "Two plus three is" },
];

/** A name without the soft hyphens that let heads break. */
export function plainName({ name }: TextColumn): string {
  return name.replaceAll("\u00ad", "");
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A number with its sign: `+4.3`, `−54.8`, `±0.0`. */
export function signed(value: number, digits: number): string {
  const rounded = value.toFixed(digits);
  if (Number(rounded) === 0) return `±${(0).toFixed(digits)}`;
  return value > 0 ? `+${rounded}` : rounded.replace("-", "−");
}
