import type { Card } from "../card";
import { bandRatio, constant } from "../pick";
import { imageRuns } from "./runs";

/** Bands in the order of `LinearBands`: top 10 %, 10–25 %, 25–50 %, bottom 50 %. */
const middle = 2;
const bottom = 3;

export const figure2: Card = {
  name: "figure-2",
  title: "Figure 2",
  heading: "Who drives which band",
  claim:
    "In the K-FAC basis clean data drive the flat bands of the first down-projection, and memorized data the middle bands of the last; singular vectors tell the two apart in neither.",
  source: "section 3.1, figure 2",
  runs: imageRuns,
  quantities: [
    {
      label: "First layer, K-FAC, bottom 50 %: clean over memorized",
      short: "first layer, clean / memorized",
      unit: "ratio",
      paper: "up to 10×",
      where: "§ 3.1",
      ours: inverse(bandRatio(0, "kfac", bottom)),
    },
    {
      label: "Last layer, K-FAC, 25–50 %: memorized over clean",
      short: "last layer, memorized / clean",
      unit: "ratio",
      paper: "about 3.5×",
      where: "§ 3.1",
      ours: bandRatio(-1, "kfac", middle),
    },
    {
      label: "Last layer, K-FAC, bottom 50 %: memorized over clean",
      unit: "ratio",
      paper: undefined,
      ours: bandRatio(-1, "kfac", bottom),
    },
    {
      label: "Last layer, SVD, 25–50 %: memorized over clean",
      unit: "ratio",
      paper: "about even",
      where: "figure 2",
      ours: bandRatio(-1, "svd", middle),
    },
  ],
  checks: [
    {
      claim: "Clean images drive the flattest band of the first layer more, by a tenth at least",
      unit: "ratio",
      left: inverse(bandRatio(0, "kfac", bottom)),
      relation: "above",
      right: constant(1.1),
    },
    {
      claim: "Memorized images drive the 25–50 % band of the last layer more, by a tenth at least",
      unit: "ratio",
      left: bandRatio(-1, "kfac", middle),
      relation: "above",
      right: constant(1.1),
    },
    {
      claim: "The same band of singular vectors leans to the memorized less than that of K-FAC",
      unit: "ratio",
      left: bandRatio(-1, "svd", middle),
      relation: "below",
      right: bandRatio(-1, "kfac", middle),
    },
  ],
  picture: "first-and-last-bands",
  note: "There: ViT-Base of twelve layers on ImageNet. Here: four layers on drawn shapes.",
};

function inverse(value: ReturnType<typeof bandRatio>): ReturnType<typeof bandRatio> {
  return (run) => {
    const known = value(run);
    return known === undefined || known === 0 ? undefined : 1 / known;
  };
}
