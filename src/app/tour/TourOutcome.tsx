import { stageNames } from "../../recipe/schema";
import { progressText } from "../panels/progress-text";
import { useLab, type Lab } from "../state/lab";
import type { TourStep } from "./step";

/** What happened, in the numbers of the page; read out when it changes. Progress is shown beside it and not read out. */
export function TourOutcome({ step }: { readonly step: TourStep }): React.JSX.Element {
  const outcome = useLab((lab) => step.outcome(lab));
  const progress = useLab(progressLine);
  return (
    <div className="tour-outcome">
      <p role="status">
        {outcome?.replaceAll(" %", "\u00a0%") ?? (progress === "" ? "Not computed yet." : "Being computed.")}
      </p>
      <p className="muted" aria-hidden="true">
        {progress}
      </p>
    </div>
  );
}

/** `factors: 420 of 1,000 images, 310 per s, 2 s left`, or nothing. */
function progressLine({ run }: Lab): string {
  if (run.status !== "running") return "";
  const name = stageNames.find((one) => run.stages[one].state === "running");
  const stage = name === undefined ? undefined : run.stages[name];
  if (name === undefined || stage?.state !== "running") return "Starting the engine, 0 of 6 stages";
  return stage.progress === undefined
    ? `${name}: stage ${String(stageNames.indexOf(name) + 1)} of 6`
    : `${name}: ${progressText(stage.progress)}`;
}
