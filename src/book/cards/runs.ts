import type { CardRun } from "../card";

/** The runs that cards look at, by what they are called beside others. */
export const imageRuns: readonly CardRun[] = [
  { run: "images-plain", title: "Plain", kind: "images" },
  { run: "images-staged", title: "Staged", kind: "images" },
];

export const controlRuns: readonly CardRun[] = [
  { run: "controls-plain", title: "Plain", kind: "images" },
  { run: "controls-staged", title: "Staged", kind: "images" },
  { run: "controls-texts", title: "OLMo-2", kind: "texts" },
];

export const rankingRuns: readonly CardRun[] = [
  { run: "rankings-plain", title: "Plain", kind: "images" },
  { run: "rankings-staged", title: "Staged", kind: "images" },
];

export const searchRuns: readonly CardRun[] = [
  { run: "search-plain", title: "Plain", kind: "images" },
  { run: "search-staged", title: "Staged", kind: "images" },
];

export const textRun: readonly CardRun[] = [{ run: "texts", title: "OLMo-2", kind: "texts" }];

export const tradeoffRun: readonly CardRun[] = [{ run: "texts-tradeoff", title: "OLMo-2", kind: "texts" }];

/** How the edits of the three methods were chosen for a comparison. */
export const strongestNote =
  "Of each method the cut that recites least among those of this preset that keep nDCG@10 at 0.90 or more, where the paper's stand too. Planted passages: those that no method was shown.";

export const targetedRun: readonly CardRun[] = [{ run: "texts-targeted", title: "OLMo-2", kind: "texts" }];

/** About one standard error of an accuracy over 500 images: less is chance. */
export const chance = 0.02;
