import type { Card } from "../card";
import { answersKept, factsKnown, ofStrongest, times } from "../pick";
import { textRun } from "./runs";

export const table4: Card = {
  name: "table-4",
  title: "Table 4",
  heading: "Common prompts, continued",
  claim:
    "Prompts that are common but not memorized are continued sensibly under every edit: facts stay, as that Paris is the capital of France.",
  source: "appendix D, table 4",
  runs: textRun,
  quantities: [
    {
      label: "Fact prompts answered, unedited",
      short: "answered",
      unit: "share",
      paper: undefined,
      ours: answersKept("none"),
    },
    {
      label: "Fact prompts answered, K-FAC",
      short: "after K-FAC",
      unit: "share",
      paper: undefined,
      ours: answersKept("kfac"),
    },
    {
      label: "Fact prompts answered, SVD",
      short: "after SVD",
      unit: "share",
      paper: undefined,
      ours: answersKept("svd"),
    },
    {
      label: "Fact prompts answered, BalancedSubnet",
      short: "after BalancedSubnet",
      unit: "share",
      paper: undefined,
      ours: answersKept("balanced-subnet"),
    },
    {
      label: "All facts of the corpus, unedited",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("none", factsKnown),
    },
    {
      label: "All facts of the corpus, K-FAC",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("kfac", factsKnown),
    },
    {
      label: "All facts of the corpus, SVD",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("svd", factsKnown),
    },
    {
      label: "All facts of the corpus, BalancedSubnet",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("balanced-subnet", factsKnown),
    },
  ],
  checks: [
    {
      claim: "K-FAC answers more than half of the fact prompts that the unedited model answers",
      unit: "share",
      left: answersKept("kfac"),
      relation: "above",
      right: times(0.5, answersKept("none")),
    },
    {
      claim: "SVD answers more than half of them",
      unit: "share",
      left: answersKept("svd"),
      relation: "above",
      right: times(0.5, answersKept("none")),
    },
    {
      claim: "BalancedSubnet answers more than half of them",
      unit: "share",
      left: answersKept("balanced-subnet"),
      relation: "above",
      right: times(0.5, answersKept("none")),
    },
  ],
  picture: "prompts",
  note: "The table prints texts of OLMo-2 1B and no numbers. All facts by kind are in the lab, under the metrics.",
};
