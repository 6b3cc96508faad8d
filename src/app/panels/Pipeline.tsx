import { stageNames, type StageName } from "../../recipe/schema";
import { Explain } from "../controls/Explain";
import { SteadyButton } from "../controls/SteadyButton";
import { useLab } from "../state/lab";
import { cancelRun, runRecipe } from "../state/run-recipe";
import type { StageState } from "../state/run-slice";
import { elapsedText, progressText } from "./progress-text";

/** The six stages of a run, what each is doing, and the button that starts or stops it. */
export function Pipeline(): React.JSX.Element {
  const status = useLab((lab) => lab.run.status);
  const stages = useLab((lab) => lab.run.stages);
  const ready = useLab(
    (lab) => lab.recipe.recipe !== undefined && lab.device.kind !== "probing" && lab.run.awake,
  );
  const current = stageNames.find((name) => stages[name].state === "running");
  const running = status === "running";
  return (
    <section className="pipeline" aria-label="Run" data-status={status}>
      <ol>
        {stageNames.map((name) => (
          <Stage key={name} name={name} stage={stages[name]} />
        ))}
      </ol>
      <div className="pipeline-control">
        <p className="pipeline-now">
          <Now current={current} />
        </p>
        <SteadyButton
          meaning={running ? "cancel" : "run"}
          primary
          disabled={!running && !ready}
          onPress={running ? cancelRun : runRecipe}
        >
          {running ? "Cancel" : status === "idle" ? "Run" : "Run again"}
        </SteadyButton>
      </div>
      <span className="visually-hidden" role="status">
        {running ? `Running: ${current ?? "starting"}` : statusWords[status]}
      </span>
    </section>
  );
}

const statusWords = {
  idle: "Not run yet",
  running: "Running",
  finished: "All stages computed here",
  cancelled: "Cancelled; what was computed is kept",
  failed: "Stopped by a fault",
} as const;

function Now({ current }: { readonly current: StageName | undefined }): React.JSX.Element {
  const status = useLab((lab) => lab.run.status);
  const stage = useLab((lab) => (current === undefined ? undefined : lab.run.stages[current]));
  const total = useLab((lab) =>
    Object.values(lab.run.stages).reduce(
      (sum, one) => sum + (one.state === "done" ? one.milliseconds : 0),
      0,
    ),
  );
  if (status === "finished") return <>Computed here in {elapsedText(total)}</>;
  if (status !== "running") return <>{statusWords[status]}</>;
  if (stage?.state === "running" && stage.progress !== undefined)
    // All of it in the word that explains: that is one block, and would leave the stage's name a line of its own.
    return <Explain term="rate">{`${current ?? ""}: ${progressText(stage.progress)}`}</Explain>;
  return (
    <>
      {current === undefined
        ? "Starting the engine, 0 of 6 stages"
        : `${current}: stage ${String(stageNames.indexOf(current) + 1)} of 6`}
    </>
  );
}

function Stage({ name, stage }: { readonly name: StageName; readonly stage: StageState }): React.JSX.Element {
  const share =
    stage.state === "done"
      ? 1
      : stage.state === "running" && stage.progress !== undefined && stage.progress.total > 0
        ? stage.progress.done / stage.progress.total
        : 0;
  return (
    <li data-state={stage.state} aria-current={stage.state === "running" ? "step" : undefined}>
      <span className="stage-name">{name}</span>
      <span className="stage-detail">{stageDetail(stage)}</span>
      <progress max={1} value={share} aria-label={`${name} done`} />
    </li>
  );
}

function stageDetail(stage: StageState): string {
  switch (stage.state) {
    case "waiting":
      return "–";
    case "stopped":
      return "stopped";
    case "done":
      return stage.cached ? "kept" : elapsedText(stage.milliseconds);
    case "running":
      return stage.progress === undefined || stage.progress.total === 0
        ? "0 %"
        : `${Math.floor((100 * stage.progress.done) / stage.progress.total).toFixed(0)} %`;
  }
}
