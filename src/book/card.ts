import type { EditSpec } from "../stages/edit/types";
import type { BookRun } from "./run";

/** How a number is written: a share as `75.0 %`, a ratio as `3.50×`, a distance and an nDCG with their own decimals. */
export type Unit = "share" | "ratio" | "distance" | "ndcg" | "perplexity" | "count";

/** What kind of model a run is of. */
export type ModelKind = "images" | "texts";

/** A number of the paper, and how the same is measured here. */
export interface Quantity {
  /** The kind of model that has such a number; of every kind if left out. */
  readonly of?: ModelKind;
  readonly label: string;
  /** What it is called in the README's table; undefined where it is left out there. */
  readonly short?: string;
  readonly unit: Unit;
  /** As the paper prints it; undefined where it prints none. */
  readonly paper: string | undefined;
  /** Where in the paper it stands. */
  readonly where?: string;
  /** Undefined while the run does not know it. */
  readonly ours: (run: BookRun) => number | undefined;
}

/** A part of a claim as a comparison of two numbers, so that a rule decides and not a hand. */
export interface Check {
  /** The kind of model that it is about; every kind if left out. */
  readonly of?: ModelKind;
  /** What the paper says, e.g. `K-FAC recites less than SVD`. */
  readonly claim: string;
  readonly unit: Unit;
  readonly left: (run: BookRun) => number | undefined;
  readonly relation: "below" | "above";
  readonly right: (run: BookRun) => number | undefined;
  /** How far apart the two must be, so that no chance decides; in the unit. Below 0: how far the other way they may be. */
  readonly margin?: number;
}

/** What a card shows beside its numbers. */
export type Picture =
  | "comparison"
  | "strengths"
  | "search"
  | "text-tradeoff"
  | "first-and-last-bands"
  | "all-bands"
  | "passages"
  | "prompts"
  | "none";

export interface CardRun {
  /** Name of a run in `runSpecs`. */
  readonly run: string;
  /** What it is called beside others. */
  readonly title: string;
  readonly kind: ModelKind;
}

/** A figure or table of the paper against what the lab computes, or an experiment beyond the paper. */
export interface Card {
  /** In the address, `#book/figure-3`, and the name of its preset. */
  readonly name: string;
  readonly title: string;
  readonly heading: string;
  /** What the paper shows there, in a sentence; beyond the paper, what is to be shown. */
  readonly claim: string;
  /** Where in the paper; undefined beyond it. */
  readonly source: string | undefined;
  /** The first is opened in the lab; each has a column and a verdict. */
  readonly runs: readonly CardRun[];
  readonly quantities: readonly Quantity[];
  readonly checks: readonly Check[];
  readonly picture: Picture;
  /** The edits that the numbers are of; left out, the first or strongest of every method that the paper compares. */
  readonly compared?: (run: BookRun) => readonly EditSpec[];
  /** How it differs from the paper's experiment, and how the compared edits were chosen. */
  readonly note: string;
}

/** Those of a card's quantities or checks that are about a kind of model. */
export function about<T extends { readonly of?: ModelKind }>(
  all: readonly T[],
  kind: ModelKind | undefined,
): readonly T[] {
  return all.filter(({ of }) => of === undefined || of === kind);
}
