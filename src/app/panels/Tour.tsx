import { useEffect, useRef } from "react";
import { setView, useLab } from "../state/lab";

interface Step {
  readonly target: string;
  readonly title: string;
  readonly text: string;
}

/** The paper's story with the live widgets; each step points at the one it speaks of. */
const steps: readonly Step[] = [
  {
    target: "model-data",
    title: "Wrong on purpose",
    text: "These pictures were drawn by a formula, so their true class is known. A share of the training labels was replaced at random: the planted memories.",
  },
  {
    target: "training",
    title: "Seeing first, then learning by heart",
    text: "Early on, validation rises: the network learns what shapes look like. Later, memorized rises and validation falls: it learns single pictures by heart.",
  },
  {
    target: "plane",
    title: "Curvature in two spectra",
    text: "Every dot of this plane is a direction in one weight matrix: an input direction with λ, an output direction with μ. Its curvature is the product λμ.",
  },
  {
    target: "bands",
    title: "Who uses the flat directions?",
    text: "Bars above 1 mean that memorized pictures drive a band more than clean ones. In the K-FAC basis flat bands lean to the memorized; singular vectors of W tell the two less apart.",
  },
  {
    target: "edit",
    title: "Cut",
    text: "Drag the energy, on the plane or with the slider. Pairs outside the kept region are removed from the weights; no label is used.",
  },
  {
    target: "effect",
    title: "What comes back",
    text: "Memorized falls. Look at the pictures: many now get the class they were drawn from, which the network was never told. Compare with SVD at the same memorized accuracy.",
  },
];

function close(): void {
  setView({ tour: undefined });
}

export function Tour(): React.JSX.Element | null {
  const at = useLab((lab) => lab.view.tour);
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
