import { count, percent } from "../plots/number-format";
import { chooseModel } from "../state/change-recipe";
import { setView, type Lab } from "../state/lab";
import { imageResultAt, shownPosition } from "../state/selectors";
import { computeActions, isKnown } from "./compute";
import { positionOf } from "./edits";
import { bandStep, curvatureStep, energyStep, otherCutsStep } from "./shared-steps";
import type { TourAction, TourStep } from "./step";

/** The tour through an image classifier. */

const cutEnergy = 0.6;

/** `memorized 11.2 %, ground truth 67.4 %, validation 79.1 %`. */
function accuracies(lab: Lab, position: number): string | undefined {
  const metrics = imageResultAt(lab, position)?.metrics;
  if (metrics === undefined) return undefined;
  const { memorized, groundTruth, validation } = metrics;
  return `memorized ${percent(memorized)}, ground truth ${percent(groundTruth)}, validation ${percent(validation)}`;
}

function memorizedImages(lab: Lab): number {
  return imageResultAt(lab, 0)?.metrics.images.memorized ?? 0;
}

/** Another model where nothing was memorized: the first of the list was told wrong labels. */
function otherModel({ recipe }: Lab): readonly TourAction[] {
  const model = recipe.catalogue?.models[0];
  return model === undefined ? [] : [{ label: `Open ${model.title}`, run: () => chooseModel(model) }];
}

export const imageSteps: readonly TourStep[] = [
  {
    target: "gallery",
    title: "Learned by heart",
    text: "These pictures were drawn by a formula, so their true class is known, and some of the labels were wrong on purpose. No rule leads to a wrong label: a network that gives it back has learned that picture by heart.",
    actions: (lab) => {
      if (imageResultAt(lab, 0) === undefined) return computeActions(lab);
      if (memorizedImages(lab) === 0) return otherModel(lab);
      return lab.view.gallery === "memorized" && lab.view.edit === 0
        ? []
        : [
            {
              label: "Show what it learned by heart",
              run: () => setView({ gallery: "memorized", edit: 0 }),
            },
          ];
    },
    outcome: (lab) => {
      const metrics = imageResultAt(lab, 0)?.metrics;
      if (metrics === undefined || !isKnown(lab, 0)) return undefined;
      if (metrics.images.memorized === 0) return "This model was told no wrong label.";
      return `Unedited, the network gives back ${percent(metrics.memorized)} of ${count(metrics.images.memorized)} wrong labels, and names the true class of ${percent(metrics.groundTruth)} of these pictures.`;
    },
  },
  curvatureStep,
  bandStep("memorized pictures", "clean ones"),
  energyStep(
    "Every dot of this plane is a direction in the weights, and its curvature λμ. The energy is the share of the curvature that is kept: everything outside the border is cut out of the weights. No label is used. Drag the border, or let the tour do it.",
    cutEnergy,
    "kept here",
    accuracies,
  ),
  otherCutsStep(
    "Is it just any cut? SVD keeps the largest singular values of the same weights and knows nothing of the loss. BalancedSubnet is shown half of the wrong labels and learns which single weights to leave out. Compare the rows: at the same memorized accuracy, how much of the rest is left?",
    0.1,
    accuracies,
  ),
  {
    target: "gallery",
    title: "What it costs, and what it is not",
    text: "A cut takes some clean pictures with it, most of them odd ones. And it suppresses: that a network no longer gives a label back does not prove that nothing in its weights knows it. The paper says so of its own method.",
    actions: (lab) => {
      const kfac = positionOf(lab, "kfac");
      if (kfac === undefined) return [];
      return lab.view.gallery === "clean-lost" && lab.view.edit === kfac
        ? []
        : [{ label: "Show what was lost", run: () => setView({ gallery: "clean-lost", edit: kfac }) }];
    },
    outcome: (lab) => {
      const position = shownPosition(lab);
      const [before, after] = [imageResultAt(lab, 0)?.metrics, imageResultAt(lab, position)?.metrics];
      if (before === undefined || after === undefined || position === 0 || !isKnown(lab, position))
        return undefined;
      return `Of ${count(after.images.clean)} clean pictures the network named ${percent(before.clean)} rightly, and under this edit ${percent(after.clean)}; ${percent(after.memorized)} of the wrong labels are still given back.`;
    },
  },
];
