import type { Card } from "../card";
import { bandContrast, decayContrast, times } from "../pick";
import { imageRuns } from "./runs";

const none = (weightDecay: number): boolean => weightDecay === 0;
/** The paper's usual decay: right below it the contrast appears there. */
const usual = (weightDecay: number): boolean => weightDecay === 0.3;

/** A difference that a reader would see in the bars. */
const twentieth = 1.05;

export const figure5: Card = {
  name: "figure-5",
  title: "Figure 5",
  heading: "All layers at once",
  claim:
    "Bands tell memorized from clean data most sharply in the first and last layers, and only in models that were trained with enough weight decay.",
  source: "section 3.1; appendix B.1, figure 5",
  runs: imageRuns,
  quantities: [
    {
      label: "Largest contrast between bands, first or last layer, K-FAC",
      short: "contrast of bands, outer layers",
      unit: "ratio",
      paper: undefined,
      ours: bandContrast("kfac", "outer"),
    },
    {
      label: "Largest contrast between bands, other layers, K-FAC",
      short: "inner layers",
      unit: "ratio",
      paper: undefined,
      ours: bandContrast("kfac", "inner"),
    },
    {
      label: "Largest contrast between bands, any layer, SVD",
      unit: "ratio",
      paper: undefined,
      ours: bandContrast("svd", "all"),
    },
    {
      label: "Furthest band from even, first or last layer, without weight decay",
      short: "without decay",
      unit: "ratio",
      paper: undefined,
      ours: decayContrast(none),
    },
    {
      label: "Furthest band from even, first or last layer, weight decay 0.3",
      short: "at 0.3",
      unit: "ratio",
      paper: undefined,
      ours: decayContrast(usual),
    },
  ],
  checks: [
    {
      claim: "The contrast is sharper in the first or last layer than between, by a twentieth at least",
      unit: "ratio",
      left: bandContrast("kfac", "outer"),
      relation: "above",
      right: times(twentieth, bandContrast("kfac", "inner")),
    },
    {
      claim: "It is sharper in the K-FAC basis than in that of SVD, by a twentieth at least",
      unit: "ratio",
      left: bandContrast("kfac", "all"),
      relation: "above",
      right: times(twentieth, bandContrast("svd", "all")),
    },
    {
      claim: "At weight decay 0.3 the ends are told apart more than without any, by a twentieth at least",
      unit: "ratio",
      left: decayContrast(usual),
      relation: "above",
      right: times(twentieth, decayContrast(none)),
    },
  ],
  picture: "all-bands",
  note: "Contrast: memorized over clean response of the band where it is largest, over that of the band where it is smallest. The paper prints no numbers of it but the weight decay, 0.27, right below the usual 0.3, where it appears.",
};
