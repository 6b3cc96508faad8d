import type { Card, Check } from "../card";
import { constant, ofStrongest } from "../pick";
import { against, distance, ndcg, perMethod, quoteDistance } from "./recitation";
import { strongestNote, textRun } from "./runs";

/** 0.64 and 0.47 in the paper; methods that all recite the quotes differ by chance alone. */
const farFromQuotes: Check = {
  claim: "K-FAC departs far from quotes, by a quarter of their tokens at least",
  unit: "distance",
  left: ofStrongest("kfac", quoteDistance),
  relation: "above",
  right: constant(0.25),
};

/** What both tables claim alike. */
const checksOfBoth: readonly Check[] = [
  against(
    "balanced-subnet",
    "BalancedSubnet departs furthest from planted passages",
    "distance",
    "below",
    distance,
  ),
  against("svd", "K-FAC departs further from quotes than SVD", "distance", "above", quoteDistance),
  against(
    "balanced-subnet",
    "K-FAC departs further from quotes than BalancedSubnet",
    "distance",
    "above",
    quoteDistance,
  ),
  farFromQuotes,
];

export const table2: Card = {
  name: "table-2",
  title: "Table 2",
  heading: "How far from the memorized text, 7B",
  claim:
    "At equal nDCG@10, BalancedSubnet departs furthest from memorized web text but hardly from quotes; K-FAC departs far from both.",
  source: "section 4.2.1, table 2",
  runs: textRun,
  quantities: [
    ...perMethod("Levenshtein, planted passages", "distance", distance, "table 2, Dolma", {
      none: "0.01",
      "balanced-subnet": "0.86",
      svd: "0.64",
      kfac: "0.72",
    }),
    ...perMethod(
      "Levenshtein, quotes",
      "distance",
      quoteDistance,
      "table 2",
      {
        none: "0.01",
        "balanced-subnet": "0.21",
        svd: "0.58",
        kfac: "0.64",
      },
      "quotes ",
    ),
    ...perMethod("nDCG@10", "ndcg", ndcg, "table 2", {
      none: "1.00",
      "balanced-subnet": "0.91",
      svd: "0.90",
      kfac: "0.91",
    }),
  ],
  checks: [
    against("svd", "K-FAC departs further from planted passages than SVD", "distance", "above", distance),
    ...checksOfBoth,
  ],
  picture: "text-tradeoff",
  note: strongestNote,
};

export const table5: Card = {
  ...table2,
  name: "table-5",
  title: "Table 5",
  heading: "How far from the memorized text, 1B",
  claim: "The same in OLMo-2 1B: BalancedSubnet departs least from quotes, K-FAC is the most balanced.",
  source: "appendix E, table 5",
  quantities: [
    ...perMethod("Levenshtein, planted passages", "distance", distance, "table 5, Dolma", {
      none: "0.01",
      "balanced-subnet": "0.90",
      svd: "0.78",
      kfac: "0.76",
    }),
    ...perMethod(
      "Levenshtein, quotes",
      "distance",
      quoteDistance,
      "table 5",
      {
        none: "0.01",
        "balanced-subnet": "0.25",
        svd: "0.40",
        kfac: "0.47",
      },
      "quotes ",
    ),
    ...perMethod("nDCG@10", "ndcg", ndcg, "table 5", {
      none: "1.00",
      "balanced-subnet": "0.91",
      svd: "0.91",
      kfac: "0.90",
    }),
  ],
  checks: checksOfBoth,
  note: `${strongestNote} The lab has one language model for both of the paper's.`,
};
