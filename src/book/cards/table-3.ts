import type { Card } from "../card";
import { ofStrongest } from "../pick";
import { against, distance, perMethod, strict } from "./recitation";
import { textRun } from "./runs";

export const table3: Card = {
  name: "table-3",
  title: "Table 3",
  heading: "Memorized prefixes, continued",
  claim:
    "After memorized prefixes BalancedSubnet writes numbers and signs, while K-FAC and SVD write plausible other text.",
  source: "appendix D, table 3",
  runs: textRun,
  quantities: [
    ...perMethod(
      "Recited exactly",
      "share",
      strict,
      "table 3",
      {
        none: undefined,
        "balanced-subnet": undefined,
        svd: undefined,
        kfac: undefined,
      },
      "strict ",
    ),
    {
      label: "Near copies or better, K-FAC",
      short: "near copies after K-FAC",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("kfac", ({ planted }) => planted.loose),
    },
    {
      label: "Levenshtein to passages never trained on, K-FAC",
      unit: "distance",
      paper: undefined,
      ours: ofStrongest("kfac", ({ heldOut }) => heldOut.levenshtein),
    },
  ],
  checks: [
    against("none", "K-FAC recites fewer prefixes on than the unedited model", "share", "below", strict),
    against("svd", "K-FAC recites fewer of them than SVD", "share", "below", strict),
    against(
      "balanced-subnet",
      "BalancedSubnet departs further from them than K-FAC",
      "distance",
      "below",
      distance,
    ),
  ],
  picture: "passages",
  note: "The table prints texts of OLMo-2 1B and no numbers. Here: the first planted passage of each kind.",
};
