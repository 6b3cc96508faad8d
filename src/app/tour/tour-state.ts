import { tourSteps } from "../../recipe/link";
import { setView, useLab } from "../state/lab";

/** Where a person is in the tour: in the address while it is taken, on this device when it was left. */

const storageKey = "eigenband-tour";

/** The step at which the tour was left, if it was; 0 is not worth coming back to. */
export function leftAt(): number | undefined {
  try {
    const step = Number(localStorage.getItem(storageKey) ?? Number.NaN);
    return Number.isInteger(step) && step > 0 && step < tourSteps ? step : undefined;
  } catch {
    return undefined;
  }
}

function remember(step: number | undefined): void {
  try {
    if (step === undefined) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, String(step));
  } catch {
    // Storage may be forbidden; the tour then begins anew.
  }
}

/** Opens the tour at a step. */
export function takeTour(step = 0): void {
  setView({ tour: step });
}

/** Closes the tour; it can be gone on with. */
export function leaveTour(): void {
  remember(useLab.getState().view.tour);
  setView({ tour: undefined });
}

/** Goes a step on or back; on from the last is the end. */
export function moveTour(by: 1 | -1): void {
  const at = useLab.getState().view.tour;
  if (at === undefined || at + by < 0) return;
  if (at + by < tourSteps) setView({ tour: at + by });
  else {
    remember(undefined);
    setView({ tour: undefined });
  }
}
