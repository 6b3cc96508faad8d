import { editLabel } from "../plots/edit-label";
import { count, percent } from "../plots/number-format";
import { setView, type Lab } from "../state/lab";
import { choosePassage, setTexts, writeOn } from "../state/run-texts";
import { shownPassage, textResultAt } from "../state/selectors";
import { groupNames, passageState, stateStyles } from "../texts/passage-list";
import { computeActions, isKnown } from "./compute";
import { chooseRow, positionOf } from "./edits";
import { bandStep, curvatureStep, energyStep, otherCutsStep } from "./shared-steps";
import type { TourAction, TourStep } from "./step";

/** The tour through a language model. */

const cutEnergy = 0.8;
const askedPrompt = "The capital of Norland is";

/** `strict 0.8 %, Levenshtein 0.54, nDCG@10 0.921`. */
function recitation(lab: Lab, position: number): string | undefined {
  const metrics = textResultAt(lab, position)?.metrics;
  if (metrics === undefined) return undefined;
  const { planted, quotes, ndcg } = metrics;
  const distance = planted.levenshtein === undefined ? "" : `, Levenshtein ${planted.levenshtein.toFixed(2)}`;
  return `strict ${percent(planted.strict)}${distance}, quotes ${percent(quotes.strict)}, nDCG@10 ${ndcg.toFixed(3)}`;
}

/** The first planted passage that the unedited model recites. */
function recitedPassage(lab: Lab): number | undefined {
  const continuations = textResultAt(lab, 0)?.continuations;
  const found = lab.results.passages.findIndex(
    ({ group }, position) => group === "planted" && continuations?.[position]?.strict === true,
  );
  return found < 0 ? undefined : found;
}

function askAction({ texts, device }: Lab): readonly TourAction[] {
  if (device.kind !== "ready" || texts.bench.status === "running") return [];
  return [
    {
      label: "Ask it for a capital",
      run: () => {
        setTexts({ prompt: askedPrompt });
        void writeOn();
      },
    },
  ];
}

export const textSteps: readonly TourStep[] = [
  {
    target: "recitation",
    title: "Learned by heart",
    text: "Among stories, facts and letters this model read passages of random words, many times each. Given the first 64 tokens of one, only memory can go on with the next 48. A model that does recites.",
    actions: (lab) => {
      const passage = recitedPassage(lab);
      if (passage === undefined) return computeActions(lab);
      return lab.view.edit === 0 && shownPassage(lab) === passage
        ? []
        : [
            {
              label: "Choose a recited passage",
              run: () => {
                setView({ edit: 0 });
                choosePassage(passage);
              },
            },
          ];
    },
    outcome: (lab) => {
      const record = lab.results.passages[shownPassage(lab)];
      const result = textResultAt(lab, 0);
      if (record === undefined || result === undefined || !isKnown(lab, 0)) return undefined;
      const state = stateStyles[passageState(record, result.continuations[shownPassage(lab)])].name;
      const { planted } = result.metrics;
      return `This passage (${groupNames[record.group]}, ${record.kind}), unedited: ${state}. Of ${count(planted.passages)} planted passages ${percent(planted.strict)} are recited exactly.`;
    },
  },
  curvatureStep,
  bandStep("recited passages", "passages never trained on"),
  energyStep(
    "Every dot of this plane is a direction in the weights, and its curvature λμ, averaged over text in which nothing was planted. The energy is the share of the curvature that is kept: everything outside the border is cut out. Drag the border, or let the tour do it.",
    cutEnergy,
    "kept",
    recitation,
  ),
  otherCutsStep(
    "SVD keeps the largest singular values of the same weights and knows nothing of the loss. BalancedSubnet is shown half of the passages and learns which single weights to leave out; that takes a while. Compare the rows where they keep about the same nDCG@10.",
    0.4,
    recitation,
  ),
  {
    target: "bench",
    title: "What it costs, and what it is not",
    text: "Facts that few sentences state lie in flat directions too, and some go with the passages. And a cut suppresses: that a passage is no longer recited does not prove that nothing in the weights knows it. The paper says so of its own method.",
    actions: (lab) => [...chooseRow(lab, "kfac", "Choose the K-FAC row"), ...askAction(lab)],
    outcome: (lab) => {
      const { bench } = lab.texts;
      if (bench.prompt === askedPrompt && bench.status === "finished")
        return bench.streams
          .map(({ edit, tokens }) => `${editLabel(edit)}: “${askedPrompt}${tokens.slice(0, 6).join("")}…”`)
          .join(" ");
      const kfac = positionOf(lab, "kfac");
      const [before, after] = [
        textResultAt(lab, 0)?.metrics,
        kfac === undefined ? undefined : textResultAt(lab, kfac)?.metrics,
      ];
      if (before === undefined || after === undefined || !isKnown(lab, kfac)) return undefined;
      return `The unedited model names ${percent(before.facts.capital)} of the capitals and ${percent(before.facts.sum)} of the sums, and under the first K-FAC cut ${percent(after.facts.capital)} and ${percent(after.facts.sum)}.`;
    },
  },
];
