import type { Check, Quantity } from "../card";
import { ofStrongest, unseen, type MethodName } from "../pick";

/** What several cards on language models measure: one number for the unedited model and three methods. */

export const methodWords: Readonly<Record<MethodName, string>> = {
  none: "unedited",
  kfac: "K-FAC",
  svd: "SVD",
  "balanced-subnet": "BalancedSubnet",
};

type Value = Parameters<typeof ofStrongest>[1];

/** One quantity per method; `paper` as printed, in the table `where`; `short` stands before the method. */
export function perMethod(
  label: string,
  unit: Quantity["unit"],
  value: Value,
  where: string,
  paper: Readonly<Record<MethodName, string | undefined>>,
  short?: string,
): readonly Quantity[] {
  const methods: readonly MethodName[] = ["none", "balanced-subnet", "svd", "kfac"];
  return methods.map((method) => ({
    label: `${label}, ${methodWords[method]}`,
    unit,
    paper: paper[method],
    where,
    ours: ofStrongest(method, value),
    ...(short === undefined ? {} : { short: `${short}${methodWords[method]}` }),
  }));
}

/** Two passages in forty, or a token in twenty of a suffix: less is chance. */
export const leastDifference = 0.05;

/** K-FAC against another method in one number. */
export function against(
  other: MethodName,
  claim: string,
  unit: Check["unit"],
  relation: Check["relation"],
  value: Value,
): Check {
  return {
    claim,
    unit,
    left: ofStrongest("kfac", value),
    relation,
    right: ofStrongest(other, value),
    margin: leastDifference,
  };
}

export const strict: Value = (metrics) => unseen(metrics).strict;
export const quotesStrict: Value = ({ quotes }) => quotes.strict;
export const distance: Value = (metrics) => unseen(metrics).levenshtein;
export const quoteDistance: Value = ({ quotes }) => quotes.levenshtein;
export const ndcg: Value = ({ ndcg: value }) => value;
