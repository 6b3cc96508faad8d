import type { ClassificationMetrics, TextMetrics } from "../../stages/evaluation/types";
import type { TermName } from "../glossary/glossary";
import type { ColourName } from "./plot-theme";
import { percent } from "./number-format";

/** One number of what is targeted or not, and what stands below it. */
export interface TargetedColumn<M> {
  readonly name: string;
  readonly term: TermName;
  readonly colour: ColourName;
  /** The way an edit should move it. */
  readonly aim: "less" | "more";
  /** Undefined while not known; NaN of no samples. */
  readonly value: (metrics: M) => number | undefined;
  readonly show: (value: number) => string;
  /** A second number, of the same samples; empty where there is none. */
  readonly detail: (metrics: M) => string;
}

/** Narrow columns: everything and nothing need no decimals, and nothing of no samples. */
function short(share: number): string {
  return Number.isNaN(share) ? "" : percent(share, share === 0 || share === 1 ? 0 : 1);
}

type TextPart = "targeted" | "untargeted" | "otherGenres";

function textPart(name: string, part: TextPart): TargetedColumn<TextMetrics> {
  return {
    name,
    term: part,
    colour: "memorized",
    aim: "more",
    value: ({ targeted }) => targeted?.[part].levenshtein,
    show: (value) => value.toFixed(2),
    detail: ({ targeted }) => (targeted ? short(targeted[part].strict) : ""),
  };
}

/** Levenshtein distances as in the paper's Table 1, with the share recited exactly below. */
export const targetedTextColumns: readonly TargetedColumn<TextMetrics>[] = [
  textPart("targeted", "targeted"),
  textPart("held out", "untargeted"),
  textPart("other genres", "otherGenres"),
  {
    name: "quotes",
    term: "quoteLevenshtein",
    colour: "ground-truth",
    aim: "more",
    value: ({ quotes }) => quotes.levenshtein,
    show: (value) => value.toFixed(2),
    detail: ({ quotes }) => short(quotes.strict),
  },
  {
    name: "nDCG @10",
    term: "ndcg",
    colour: "validation",
    aim: "more",
    value: ({ ndcg }) => ndcg,
    show: (value) => value.toFixed(3),
    detail: () => "",
  },
];

function imagePart(name: string, part: "targeted" | "untargeted"): TargetedColumn<ClassificationMetrics> {
  return {
    name,
    term: part,
    colour: "memorized",
    aim: "less",
    value: ({ targeted }) => targeted?.[part].memorized,
    show: (value) => percent(value),
    detail: ({ targeted }) => (targeted ? short(targeted[part].groundTruth) : ""),
  };
}

/** Shares of wrong labels that are still given, with those that get their true class below. */
export const targetedImageColumns: readonly TargetedColumn<ClassificationMetrics>[] = [
  imagePart("targeted", "targeted"),
  imagePart("held out", "untargeted"),
  {
    name: "validation",
    term: "validation",
    colour: "validation",
    aim: "more",
    value: ({ validation }) => validation,
    show: (value) => percent(value),
    detail: () => "",
  },
];
