import type { Card } from "../card";
import { ndcgFloor, constant, ofStrongest } from "../pick";
import { distance, ndcg } from "./recitation";
import { tradeoffRun } from "./runs";

export const table1: Card = {
  name: "table-1",
  title: "Table 1",
  heading: "A supervised edit forgets what it was not shown",
  claim:
    "BalancedSubnet, trained on some memorized passages, also makes a model forget others that it was never shown, and keeps the rest: memories share structure.",
  source: "section 3, table 1",
  runs: tradeoffRun,
  quantities: [
    {
      label: "Levenshtein, planted passages, BalancedSubnet",
      short: "Levenshtein",
      unit: "distance",
      paper: "0.86",
      where: "table 1, held out",
      ours: ofStrongest("balanced-subnet", distance),
    },
    {
      label: "nDCG@10 on fresh text, BalancedSubnet",
      short: "nDCG@10",
      unit: "ndcg",
      paper: "0.9134",
      where: "table 1",
      ours: ofStrongest("balanced-subnet", ndcg),
    },
  ],
  checks: [
    {
      claim: "It keeps the next-token predictions of fresh text",
      unit: "ndcg",
      left: ofStrongest("balanced-subnet", ndcg),
      relation: "above",
      right: constant(ndcgFloor),
    },
  ],
  picture: "none",
  note: "Needs the BalancedSubnet edit.",
};
