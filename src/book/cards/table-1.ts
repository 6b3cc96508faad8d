import type { Card } from "../card";
import { constant, ndcgFloor, times, type TextRow, textRows } from "../pick";
import type { BookRun } from "../run";
import { targetedRun } from "./runs";

/** The mask that was taught one half, of any genre; a mask of no epochs is the random control. */
function mask(run: BookRun, learned: boolean): TextRow | undefined {
  return textRows(run).find(
    ({ edit }) =>
      edit.method === "balanced-subnet" && edit.epochs > 0 === learned && edit.genres === undefined,
  );
}

type Value = (row: TextRow) => number | undefined;

const of =
  (learned: boolean, value: Value): ((run: BookRun) => number | undefined) =>
  (run) => {
    const row = mask(run, learned);
    return row && value(row);
  };

const unedited =
  (value: Value): ((run: BookRun) => number | undefined) =>
  (run) => {
    const row = textRows(run).find(({ edit }) => edit.method === "none");
    return row && value(row);
  };

const shown: Value = ({ metrics }) => metrics.targeted?.targeted.levenshtein;
const heldOut: Value = ({ metrics }) => metrics.targeted?.untargeted.levenshtein;
const shownStrict: Value = ({ metrics }) => metrics.targeted?.targeted.strict;
const heldOutStrict: Value = ({ metrics }) => metrics.targeted?.untargeted.strict;
const ndcg: Value = ({ metrics }) => metrics.ndcg;

export const table1: Card = {
  name: "table-1",
  title: "Table 1",
  heading: "A supervised edit forgets what it was not shown",
  claim:
    "BalancedSubnet, trained on some memorized passages, also makes a model forget others that it was never shown, and keeps the rest: memories share structure.",
  source: "section 3, table 1",
  runs: targetedRun,
  quantities: [
    {
      label: "Levenshtein, passages it was shown",
      short: "shown",
      unit: "distance",
      paper: "0.93",
      where: "table 1",
      ours: of(true, shown),
    },
    {
      label: "Levenshtein, passages held out",
      short: "held out",
      unit: "distance",
      paper: "0.86",
      where: "table 1",
      ours: of(true, heldOut),
    },
    {
      label: "nDCG@10, text not memorized",
      short: "nDCG@10",
      unit: "ndcg",
      paper: "0.9134",
      where: "table 1",
      ours: of(true, ndcg),
    },
    {
      label: "Recited exactly, passages it was shown",
      unit: "share",
      paper: undefined,
      ours: of(true, shownStrict),
    },
    {
      label: "Recited exactly, passages held out",
      unit: "share",
      paper: undefined,
      ours: of(true, heldOutStrict),
    },
    {
      label: "Recited exactly, held out, unedited",
      unit: "share",
      paper: undefined,
      ours: unedited(heldOutStrict),
    },
    {
      label: "Levenshtein, held out, a random mask",
      unit: "distance",
      paper: undefined,
      ours: of(false, heldOut),
    },
  ],
  checks: [
    {
      claim: "Passages it was never shown are forgotten too: fewer than half are still recited",
      unit: "share",
      left: of(true, heldOutStrict),
      relation: "below",
      right: times(0.5, unedited(heldOutStrict)),
    },
    {
      claim: "It departs from them further than a random mask of the same size",
      unit: "distance",
      left: of(true, heldOut),
      relation: "above",
      right: of(false, heldOut),
    },
    {
      claim: "It keeps the next-token predictions of other text",
      unit: "ndcg",
      left: of(true, ndcg),
      relation: "above",
      right: constant(ndcgFloor),
    },
  ],
  picture: "text-tradeoff",
  note: "There: 500 passages shown, 115 held out. Here: half of the planted passages are shown, and the other half, of the same genres, is held out.",
};
