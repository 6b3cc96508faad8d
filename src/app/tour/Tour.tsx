import { useEffect, useRef } from "react";
import { useLab } from "../state/lab";
import { textRecipe } from "../state/selectors";
import { imageSteps } from "./image-steps";
import { textSteps } from "./text-steps";
import { TourActions } from "./TourActions";
import { TourOutcome } from "./TourOutcome";
import { leaveTour, moveTour } from "./tour-state";
import { useFocusAfterwards } from "./use-focus-afterwards";
import { useTarget } from "./use-target";

/** The card of the tour: what to see, what can be done, and what came of it in the numbers of the page. */
export function Tour(): React.JSX.Element | null {
  const at = useLab((lab) => lab.view.tour);
  const steps = useLab((lab) => (textRecipe(lab) === undefined ? imageSteps : textSteps));
  const known = useLab((lab) => lab.recipe.recipe !== undefined);
  const step = at === undefined || !known ? undefined : steps[at];
  const card = useRef<HTMLElement>(null);
  const side = useTarget(step?.target);
  useEffect(() => {
    if (step === undefined) return;
    document.documentElement.setAttribute("data-touring", "");
    card.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") leaveTour();
      // Elsewhere arrows move sliders and choices.
      if (!(event.target instanceof Node && card.current?.contains(event.target) === true)) return;
      if (event.key === "ArrowRight") moveTour(1);
      if (event.key === "ArrowLeft") moveTour(-1);
    };
    addEventListener("keydown", onKey);
    return () => {
      document.documentElement.removeAttribute("data-touring");
      removeEventListener("keydown", onKey);
    };
  }, [step]);
  useFocusAfterwards(step?.target);
  if (at === undefined || step === undefined) return null;
  return (
    <aside
      ref={card}
      className={`tour tour-${side}`}
      tabIndex={-1}
      aria-label={`Tour, step ${String(at + 1)} of ${String(steps.length)}: ${step.title}`}
    >
      <h2>
        <span>
          {at + 1} of {steps.length}
        </span>{" "}
        {step.title}
      </h2>
      <div className="tour-body">
        <p>{step.text}</p>
        <TourActions step={step} />
        <TourOutcome step={step} />
      </div>
      <div className="tour-buttons">
        <button type="button" onClick={leaveTour}>
          Close
        </button>
        <button type="button" disabled={at === 0} onClick={() => moveTour(-1)}>
          Back
        </button>
        <button type="button" className="primary" onClick={() => moveTour(1)}>
          {at + 1 < steps.length ? "Next" : "Done"}
        </button>
      </div>
    </aside>
  );
}
