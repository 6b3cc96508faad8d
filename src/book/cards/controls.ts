import type { Card, Quantity } from "../card";
import { ofImages } from "../pick";
import { controlledEdits, highestControl, ofControl, ofRanking, parting } from "../pick-beyond";
import { chance, controlRuns } from "./runs";

const metrics = [
  { metric: "memorized", name: "Memorized" },
  { metric: "groundTruth", name: "Ground truth" },
  { metric: "clean", name: "Clean" },
  { metric: "validation", name: "Validation" },
] as const;

const quantities = metrics.flatMap(({ metric, name }): Quantity[] => {
  const number = (of: string, ours: Quantity["ours"]): Quantity => ({
    label: `${name}, ${of}`,
    unit: "share",
    paper: undefined,
    ours,
  });
  return [
    number("by curvature λμ", ofImages("kfac", metric)),
    number("random pairs", ofControl("random-pairs", metric)),
    number("largest coefficients", ofControl("largest-coefficients", metric)),
    number("largest weights", ofControl("magnitude", metric)),
  ];
});

export const controls: Card = {
  name: "controls",
  title: "Controls",
  heading: "Is it the curvature?",
  claim:
    "A cut by curvature keeps what generalizes; as many pairs of eigenvectors drawn at random, as many of the largest coefficients in the same basis, or as many of the largest weights, lose it along with the memory.",
  source: undefined,
  runs: controlRuns,
  quantities,
  checks: [
    {
      claim: "Cut by curvature, validation accuracy is higher than under any control",
      unit: "share",
      left: ofImages("kfac", "validation"),
      relation: "above",
      right: highestControl(({ validation }) => validation),
      margin: chance,
    },
    {
      claim: "The true class of more wrongly labelled images is found than under any control",
      unit: "share",
      left: ofImages("kfac", "groundTruth"),
      relation: "above",
      right: highestControl(({ groundTruth }) => groundTruth),
      margin: chance,
    },
    {
      claim: "More clean labels are kept than under any control",
      unit: "share",
      left: ofImages("kfac", "clean"),
      relation: "above",
      right: highestControl(({ clean }) => clean),
      margin: chance,
    },
    {
      claim: "Memory and the rest are parted further than by any control (validation minus memorized)",
      unit: "share",
      left: ofRanking("product", parting),
      relation: "above",
      right: highestControl(parting),
      margin: chance,
    },
  ],
  picture: "comparison",
  compared: controlledEdits,
  note: "Every edit keeps exactly as many numbers of each matrix as the model's best edit by curvature. The random pairs are one draw.",
};
