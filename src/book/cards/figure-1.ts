import type { Card } from "../card";
import { ofStrongest, times } from "../pick";
import { textRun } from "./runs";

export const figure1: Card = {
  name: "figure-1",
  title: "Figure 1",
  heading: "Recited, and no longer",
  claim:
    "Without being told what was memorized, a cut of the directions of low curvature makes a model continue a memorized text with another, natural one.",
  source: "section 1, figure 1",
  runs: textRun,
  quantities: [
    {
      label: "Recited exactly, unedited",
      short: "recited",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("none", ({ planted }) => planted.strict),
    },
    {
      label: "Recited exactly, K-FAC",
      short: "after K-FAC",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("kfac", ({ planted }) => planted.strict),
    },
    {
      label: "Perplexity of fresh text, unedited",
      unit: "perplexity",
      paper: undefined,
      ours: ofStrongest("none", ({ perplexity }) => perplexity),
    },
    {
      label: "Perplexity of fresh text, K-FAC",
      unit: "perplexity",
      paper: undefined,
      ours: ofStrongest("kfac", ({ perplexity }) => perplexity),
    },
  ],
  checks: [
    {
      claim: "K-FAC recites less than a tenth of what the unedited model does",
      unit: "share",
      left: ofStrongest("kfac", ({ planted }) => planted.strict),
      relation: "below",
      right: times(
        0.1,
        ofStrongest("none", ({ planted }) => planted.strict),
      ),
    },
    {
      claim: "What it writes stays natural: perplexity of fresh text rises by less than a tenth",
      unit: "perplexity",
      left: ofStrongest("kfac", ({ perplexity }) => perplexity),
      relation: "below",
      right: times(
        1.1,
        ofStrongest("none", ({ perplexity }) => perplexity),
      ),
    },
  ],
  picture: "passages",
  note: "The figure prints texts and no numbers. Its left half, on BalancedSubnet, is measured in table 1.",
};
