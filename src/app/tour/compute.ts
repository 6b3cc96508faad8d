import { cancelRun, runRecipe } from "../state/run-recipe";
import type { Lab } from "../state/lab";
import { isShownCurrent } from "../state/selectors";
import type { TourAction } from "./step";

/** Offers to run the recipe where the tour speaks of what has not been computed. */
export function computeActions({ run, recipe, device }: Lab): readonly TourAction[] {
  if (run.status === "running") return [{ label: "Cancel the run", run: cancelRun }];
  const ready = recipe.recipe !== undefined && device.kind === "ready";
  return ready ? [{ label: "Compute it", run: runRecipe }] : [];
}

/** Whether what is shown for an edit is what the recipe asks for. */
export function isKnown(lab: Lab, position: number | undefined): position is number {
  return position !== undefined && position >= 0 && isShownCurrent(lab, position);
}
