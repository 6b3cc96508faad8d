import type { ControlKind } from "../../stages/edit/types";
import { controlNames } from "../../recipe/control-names";
import type { Card, Check, ModelKind, Quantity, Unit } from "../card";
import { factsKnown, ofImages, ofStrongest } from "../pick";
import { controlKinds, controlledEdits, highestControl, ofControl, ofRanking, parting } from "../pick-beyond";
import { highestTextControl, leastRecitedKeeping, ofTextControl, textParting } from "../pick-text-controls";
import { leastDifference, ndcg, quotesStrict, strict } from "./recitation";
import { chance, controlRuns } from "./runs";

const imageMetrics = [
  { metric: "memorized", name: "Memorized" },
  { metric: "groundTruth", name: "Ground truth" },
  { metric: "clean", name: "Clean" },
  { metric: "validation", name: "Validation" },
] as const;

const textMetrics = [
  { name: "Recited exactly", unit: "share", value: strict },
  { name: "Quotes recited exactly", unit: "share", value: quotesStrict },
  { name: "nDCG@10", unit: "ndcg", value: ndcg },
  { name: "Perplexity", unit: "perplexity", value: ({ perplexity }) => perplexity },
  { name: "Facts known", unit: "share", value: factsKnown },
] as const satisfies readonly {
  readonly name: string;
  readonly unit: Unit;
  readonly value: Parameters<typeof ofStrongest>[1];
}[];

/** One number of the edit by curvature, then of every control. */
function ofEach(
  kind: ModelKind,
  name: string,
  unit: Unit,
  ours: (edit: ControlKind | "curvature") => Quantity["ours"],
): readonly Quantity[] {
  const edits = ["curvature", ...controlKinds] as const;
  return edits.map((edit) => ({
    of: kind,
    label: `${name}, ${edit === "curvature" ? "by curvature λμ" : controlNames[edit]}`,
    unit,
    paper: undefined,
    ours: ours(edit),
  }));
}

const quantities: readonly Quantity[] = [
  ...imageMetrics.flatMap(({ metric, name }) =>
    ofEach("images", name, "share", (edit) =>
      edit === "curvature" ? ofImages("kfac", metric) : ofControl(edit, metric),
    ),
  ),
  ...textMetrics.flatMap(({ name, unit, value }) =>
    ofEach("texts", name, unit, (edit) =>
      edit === "curvature" ? ofStrongest("kfac", value) : ofTextControl(edit, value),
    ),
  ),
];

const imageChecks: readonly Check[] = [
  {
    of: "images",
    claim: "Cut by curvature, validation accuracy is higher than under any control",
    unit: "share",
    left: ofImages("kfac", "validation"),
    relation: "above",
    right: highestControl(({ validation }) => validation),
    margin: chance,
  },
  {
    of: "images",
    claim: "The true class of more wrongly labelled images is found than under any control",
    unit: "share",
    left: ofImages("kfac", "groundTruth"),
    relation: "above",
    right: highestControl(({ groundTruth }) => groundTruth),
    margin: chance,
  },
  {
    of: "images",
    claim: "More clean labels are kept than under any control",
    unit: "share",
    left: ofImages("kfac", "clean"),
    relation: "above",
    right: highestControl(({ clean }) => clean),
    margin: chance,
  },
  {
    of: "images",
    claim: "Memory and the rest are parted further than by any control (validation minus memorized)",
    unit: "share",
    left: ofRanking("product", parting),
    relation: "above",
    right: highestControl(parting),
    margin: chance,
  },
];

const textChecks: readonly Check[] = [
  {
    of: "texts",
    claim: "Cut by curvature, nDCG@10 is higher than under any control",
    unit: "ndcg",
    left: ofStrongest("kfac", ndcg),
    relation: "above",
    right: highestTextControl(({ ndcg: value }) => value),
  },
  {
    of: "texts",
    claim: "More facts are known than under any control",
    unit: "share",
    left: ofStrongest("kfac", factsKnown),
    relation: "above",
    right: highestTextControl(factsKnown),
    margin: chance,
  },
  {
    of: "texts",
    claim: "Fewer passages are recited than under any control that keeps nDCG@10 at 0.90 or more",
    unit: "share",
    left: ofStrongest("kfac", strict),
    relation: "below",
    right: leastRecitedKeeping,
    margin: leastDifference,
  },
  {
    of: "texts",
    claim: "Memory and the rest are parted further than by any control (nDCG@10 minus share recited)",
    unit: "ndcg",
    left: ofStrongest("kfac", textParting),
    relation: "above",
    right: highestTextControl(textParting),
    margin: leastDifference,
  },
];

export const controls: Card = {
  name: "controls",
  title: "Controls",
  heading: "Is it the curvature?",
  claim:
    "A cut by curvature keeps what generalizes; as many pairs of eigenvectors drawn at random, as many of the largest coefficients in the same basis, or as many of the largest weights, lose it along with the memory, or keep the memory too.",
  source: undefined,
  runs: controlRuns,
  quantities,
  checks: [...imageChecks, ...textChecks],
  picture: "comparison",
  compared: controlledEdits,
  note: "Every edit keeps exactly as many numbers of each matrix as the model's best edit by curvature. The random pairs are one draw. Facts known: the mean over capitals, exports, months and sums.",
};
