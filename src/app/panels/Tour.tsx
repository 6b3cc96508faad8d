import { useEffect, useRef } from "react";
import { setView, useLab } from "../state/lab";
import { textRecipe } from "../state/selectors";
import { imageSteps, textSteps } from "./tour-steps";

function close(): void {
  setView({ tour: undefined });
}

export function Tour(): React.JSX.Element | null {
  const at = useLab((lab) => lab.view.tour);
  const steps = useLab((lab) => (textRecipe(lab) === undefined ? imageSteps : textSteps));
  const card = useRef<HTMLElement>(null);
  const step = at === undefined ? undefined : steps[at];
  useEffect(() => {
    if (step === undefined) return;
    const target = document.getElementById(step.target);
    target?.setAttribute("data-tour", "");
    target?.scrollIntoView({
      block: "start",
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
    card.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") close();
    };
    addEventListener("keydown", onKey);
    return () => {
      target?.removeAttribute("data-tour");
      removeEventListener("keydown", onKey);
    };
  }, [step]);
  if (at === undefined || step === undefined) return null;
  return (
    <aside
      ref={card}
      className="tour"
      tabIndex={-1}
      aria-label={`Tour, step ${String(at + 1)} of ${String(steps.length)}`}
    >
      <h2>
        <span>
          {at + 1} of {steps.length}
        </span>{" "}
        {step.title}
      </h2>
      <p>{step.text}</p>
      <div className="tour-buttons">
        <button type="button" onClick={close}>
          Close
        </button>
        <button type="button" disabled={at === 0} onClick={() => setView({ tour: at - 1 })}>
          Back
        </button>
        <button
          type="button"
          className="primary"
          onClick={() => (at + 1 < steps.length ? setView({ tour: at + 1 }) : close())}
        >
          {at + 1 < steps.length ? "Next" : "Done"}
        </button>
      </div>
    </aside>
  );
}
