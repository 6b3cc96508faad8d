import type { Card } from "../card";
import { ofStrongest, times } from "../pick";
import { strict } from "./recitation";
import { textRun } from "./runs";

export const figure1: Card = {
  name: "figure-1",
  title: "Figure 1",
  heading: "Recited, and no longer",
  claim:
    "A supervised edit also censors what it was not shown; without being told what was memorized, a cut of the directions of low curvature makes a model continue a memorized text with another, natural one.",
  source: "section 1, figure 1",
  runs: textRun,
  quantities: [
    {
      label: "Recited exactly, unedited",
      short: "recited",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("none", strict),
    },
    {
      label: "Recited exactly, K-FAC",
      short: "after K-FAC",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("kfac", strict),
    },
    {
      label: "Recited exactly, never shown to it, BalancedSubnet",
      unit: "share",
      paper: undefined,
      ours: ofStrongest("balanced-subnet", strict),
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
      claim: "BalancedSubnet also suppresses passages that it was not shown: fewer than half are recited",
      unit: "share",
      left: ofStrongest("balanced-subnet", strict),
      relation: "below",
      right: times(0.5, ofStrongest("none", strict)),
    },
    {
      claim: "K-FAC recites less than a tenth of what the unedited model does",
      unit: "share",
      left: ofStrongest("kfac", strict),
      relation: "below",
      right: times(0.1, ofStrongest("none", strict)),
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
  note: "The figure prints texts and no numbers. Recited: of the planted passages that no method was shown.",
};
