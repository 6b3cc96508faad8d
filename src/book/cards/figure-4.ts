import type { Card } from "../card";
import { ofImages, scanBest, times } from "../pick";
import { imageRuns } from "./runs";

/** About one standard error of an accuracy over 500 images: less is chance. */
const chance = 0.02;

export const figure4: Card = {
  name: "figure-4",
  title: "Figure 4",
  heading: "Wrong labels forgotten, right ones found",
  claim:
    "In a ViT that memorized wrong labels, a K-FAC cut of the first and last MLP forgets them, finds the true classes more often than SVD and even raises validation accuracy.",
  source: "section 4.2.2, figure 4",
  runs: imageRuns,
  quantities: [
    {
      label: "Memorized, unedited",
      short: "memorized",
      unit: "share",
      paper: "over 80 %",
      where: "§ 4.2.2",
      ours: ofImages("none", "memorized"),
    },
    {
      label: "Memorized, K-FAC",
      short: "K-FAC",
      unit: "share",
      paper: "3.5 %",
      where: "§ 4.2.2",
      ours: ofImages("kfac", "memorized"),
    },
    { label: "Memorized, SVD", unit: "share", paper: undefined, ours: ofImages("svd", "memorized") },
    {
      label: "Ground truth, K-FAC",
      short: "ground truth",
      unit: "share",
      paper: "66.5 %",
      where: "§ 4.2.2",
      ours: ofImages("kfac", "groundTruth"),
    },
    {
      label: "Ground truth, SVD",
      short: "SVD",
      unit: "share",
      paper: "58.9 %",
      where: "§ 4.2.2",
      ours: ofImages("svd", "groundTruth"),
    },
    {
      label: "Validation, unedited",
      short: "validation",
      unit: "share",
      paper: "67 %",
      where: "§ 4.2.2",
      ours: ofImages("none", "validation"),
    },
    {
      label: "Validation, K-FAC",
      short: "K-FAC",
      unit: "share",
      paper: "71.7 %",
      where: "§ 4.2.2",
      ours: ofImages("kfac", "validation"),
    },
    {
      label: "Validation, SVD",
      unit: "share",
      paper: "about +1 %",
      where: "§ 4.2.2",
      ours: ofImages("svd", "validation"),
    },
    { label: "Clean, K-FAC", unit: "share", paper: undefined, ours: ofImages("kfac", "clean") },
  ],
  checks: [
    {
      claim: "K-FAC leaves less than a fifth of the memorized labels",
      unit: "share",
      left: ofImages("kfac", "memorized"),
      relation: "below",
      right: times(0.2, ofImages("none", "memorized")),
    },
    {
      claim: "K-FAC raises validation accuracy",
      unit: "share",
      left: ofImages("kfac", "validation"),
      relation: "above",
      right: ofImages("none", "validation"),
      margin: chance,
    },
    {
      claim: "K-FAC finds the true class more often than SVD",
      unit: "share",
      left: ofImages("kfac", "groundTruth"),
      relation: "above",
      right: ofImages("svd", "groundTruth"),
      margin: chance,
    },
    {
      claim: "Of single layers the first or the last is best to cut (validation minus memorized)",
      unit: "share",
      left: scanBest("kfac", "outer"),
      relation: "above",
      right: scanBest("kfac", "inner"),
      margin: chance,
    },
    {
      claim: "The best single cut of K-FAC is better than the best of SVD (validation minus memorized)",
      unit: "share",
      left: scanBest("kfac", "all"),
      relation: "above",
      right: scanBest("svd", "all"),
      margin: chance,
    },
  ],
  picture: "tradeoff",
  note: "The K-FAC edit is the model's best, the SVD edit the best one that forgets about as much. There: 10 % noise, ViT-Base. Here: 20 % (plain) and 10 % (staged), four layers.",
};
