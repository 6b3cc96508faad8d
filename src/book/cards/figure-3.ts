import type { Card, Check } from "../card";
import { ofStrongest, times } from "../pick";
import { against, ndcg, perMethod, quotesStrict, strict } from "./recitation";
import { strongestNote, tradeoffRun } from "./runs";

const checks: readonly Check[] = [
  {
    claim: "K-FAC recites less than a tenth of what the unedited model does",
    unit: "share",
    left: ofStrongest("kfac", strict),
    relation: "below",
    right: times(0.1, ofStrongest("none", strict)),
  },
  against("svd", "K-FAC recites fewer planted passages than SVD", "share", "below", strict),
  against("balanced-subnet", "K-FAC recites fewer than BalancedSubnet", "share", "below", strict),
  against("svd", "K-FAC recites fewer quotes than SVD", "share", "below", quotesStrict),
  against(
    "balanced-subnet",
    "K-FAC recites fewer quotes than BalancedSubnet",
    "share",
    "below",
    quotesStrict,
  ),
];

const noNumbers = { none: undefined, "balanced-subnet": undefined, svd: undefined, kfac: undefined };

export const figure3: Card = {
  name: "figure-3",
  title: "Figure 3",
  heading: "Recitation against ability, 7B",
  claim:
    "In OLMo-2 7B K-FAC suppresses recitation most, also of quotes that no method was shown, and keeps the next-token predictions of other text.",
  source: "section 4.2.1, figure 3",
  runs: tradeoffRun,
  quantities: [
    ...perMethod(
      "Recited exactly",
      "share",
      strict,
      "figure 3",
      { ...noNumbers, none: "99 %", kfac: "4 %" },
      "strict ",
    ),
    ...perMethod("Quotes recited exactly", "share", quotesStrict, "figure 3", noNumbers),
    ...perMethod("nDCG@10", "ndcg", ndcg, "table 2", {
      none: "1.00",
      "balanced-subnet": "0.91",
      svd: "0.90",
      kfac: "0.91",
    }),
  ],
  checks,
  picture: "text-tradeoff",
  note: `${strongestNote} The figure's other bars carry no numbers.`,
};

export const figure6: Card = {
  ...figure3,
  name: "figure-6",
  title: "Figure 6",
  heading: "Recitation against ability, 1B",
  claim: "The same in OLMo-2 1B: K-FAC and SVD forget more of the quotes than BalancedSubnet.",
  source: "appendix E, figure 6",
  quantities: [
    ...perMethod("Recited exactly", "share", strict, "figure 6", noNumbers, "strict "),
    ...perMethod("Quotes recited exactly", "share", quotesStrict, "figure 6", noNumbers),
    ...perMethod("nDCG@10", "ndcg", ndcg, "table 5", {
      none: "1.00",
      "balanced-subnet": "0.91",
      svd: "0.91",
      kfac: "0.90",
    }),
  ],
  checks: [
    ...checks,
    {
      claim: "SVD recites fewer quotes than BalancedSubnet",
      unit: "share",
      left: ofStrongest("svd", quotesStrict),
      relation: "below",
      right: ofStrongest("balanced-subnet", quotesStrict),
    },
  ],
  note: `${strongestNote} The figure's bars carry no numbers. The lab has one language model for both of the paper's.`,
};
