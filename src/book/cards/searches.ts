import type { Card } from "../card";
import { ofImages } from "../pick";
import { foundEdits, ofFound, searched } from "../pick-beyond";
import { chance, searchRuns } from "./runs";

const several = { method: "kfac", layers: "several" } as const;
const ends = { method: "kfac", layers: "ends" } as const;
const any = { method: "kfac" } as const;
const one = { method: "kfac", layers: "one" } as const;

export const searches: Card = {
  name: "searches",
  title: "Searches",
  heading: "Which layers, and how much?",
  claim:
    "Searched for instead of chosen by hand: several layers cut together leave less memory than any one of them alone, and the best cut by curvature less than the best one by singular values, all at no loss of validation accuracy.",
  source: undefined,
  runs: searchRuns,
  quantities: [
    { label: "Edits that were evaluated", unit: "count", paper: undefined, ours: searched },
    { label: "Memorized, unedited", unit: "share", paper: undefined, ours: ofImages("none", "memorized") },
    {
      label: "Memorized, best K-FAC cut of several layers",
      unit: "share",
      paper: undefined,
      ours: ofFound(several, "memorized"),
    },
    {
      label: "Memorized, best K-FAC cut of one layer",
      unit: "share",
      paper: undefined,
      ours: ofFound(one, "memorized"),
    },
    {
      label: "Memorized, best K-FAC cut of the first and last",
      unit: "share",
      paper: undefined,
      ours: ofFound(ends, "memorized"),
    },
    {
      label: "Memorized, best SVD cut",
      unit: "share",
      paper: undefined,
      ours: ofFound({ method: "svd" }, "memorized"),
    },
    {
      label: "Memorized, K-FAC with energies of single matrices",
      unit: "share",
      paper: undefined,
      ours: ofImages("kfac", "memorized"),
    },
    { label: "Validation, unedited", unit: "share", paper: undefined, ours: ofImages("none", "validation") },
    {
      label: "Validation, best K-FAC cut of several layers",
      unit: "share",
      paper: undefined,
      ours: ofFound(several, "validation"),
    },
  ],
  checks: [
    {
      claim: "Several layers cut together leave less memory than any one alone",
      unit: "share",
      left: ofFound(several, "memorized"),
      relation: "below",
      right: ofFound(one, "memorized"),
      margin: chance,
    },
    {
      claim: "The best cut by K-FAC leaves less memory than the best by SVD",
      unit: "share",
      left: ofFound(any, "memorized"),
      relation: "below",
      right: ofFound({ method: "svd" }, "memorized"),
      margin: chance,
    },
    {
      claim: "First and last layer, the paper's choice, leave at most two points more than the best set",
      unit: "share",
      left: ofFound(ends, "memorized"),
      relation: "below",
      right: ofFound(any, "memorized"),
      margin: -chance,
    },
  ],
  picture: "search",
  compared: foundEdits,
  note: "Every down-projection alone, every two of them and the first three and four, at four energies and three shares of σ. Best: the least memory among the cuts that keep the validation accuracy of the unedited model; chosen and measured on the same images.",
};
