import type { Card, Quantity } from "../card";
import { ofImages } from "../pick";
import { ofRanking, parting, rankedEdits } from "../pick-beyond";
import { chance, rankingRuns } from "./runs";

const compared = [
  { ranking: "product", name: "K-FAC by λμ" },
  { ranking: "saliency", name: "K-FAC by saliency λμC²" },
  { ranking: "ekfac", name: "EK-FAC" },
] as const;

const number = (label: string, ours: Quantity["ours"]): Quantity => ({
  label,
  unit: "share",
  paper: undefined,
  ours,
});

export const rankings: Card = {
  name: "rankings",
  title: "Rankings",
  heading: "Which pairs count as curved?",
  claim:
    "The product λμ is ranking enough: neither weighing it by the weight that lies in a direction (saliency λμC²) nor measuring each pair's curvature in a second pass over the data (EK-FAC) parts memory further from the rest.",
  source: undefined,
  runs: rankingRuns,
  quantities: [
    number("Memorized, unedited", ofImages("none", "memorized")),
    ...compared.map(({ ranking, name }) =>
      number(
        `Memorized, ${name}`,
        ofRanking(ranking, ({ memorized }) => memorized),
      ),
    ),
    number("Validation, unedited", ofImages("none", "validation")),
    ...compared.map(({ ranking, name }) =>
      number(
        `Validation, ${name}`,
        ofRanking(ranking, ({ validation }) => validation),
      ),
    ),
    ...compared.map(({ ranking, name }) =>
      number(`Validation minus memorized, ${name}`, ofRanking(ranking, parting)),
    ),
  ],
  checks: [
    {
      claim: "Saliency parts them at most two points further than λμ (validation minus memorized)",
      unit: "share",
      left: ofRanking("saliency", parting),
      relation: "below",
      right: ofRanking("product", parting),
      margin: -chance,
    },
    {
      claim: "EK-FAC parts them at most two points further than λμ",
      unit: "share",
      left: ofRanking("ekfac", parting),
      relation: "below",
      right: ofRanking("product", parting),
      margin: -chance,
    },
  ],
  picture: "strengths",
  compared: rankedEdits,
  note: "The matrices of the model's best edit, all at one energy; of the five energies of each ranking the one that parts memory from the rest best, chosen and measured on the same images. Energies of different rankings do not compare.",
};
