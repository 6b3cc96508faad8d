import type { EngineEvent, Failure, Progress, ScanEvent } from "../../engine/api";
import { stageNames, type StageName } from "../../recipe/schema";

/** What the engine is doing. */
export interface RunState {
  readonly status: "idle" | "running" | "finished" | "cancelled" | "failed";
  readonly stages: Readonly<Record<StageName, StageState>>;
  readonly failure: Failure | undefined;
  readonly scan: ScanState;
  /** Whether a mask is being learned: it can be stopped, and goes on later from where it was. */
  readonly learning: boolean;
  /** Whether the page has been opened as far as it goes by itself; until then a run may begin unasked. */
  readonly awake: boolean;
}

/** `earlier` and `milliseconds` count all parts of a stage: the spectrum comes in two, with the edits between. */
export type StageState =
  | { readonly state: "waiting" }
  | { readonly state: "running"; readonly progress: Progress | undefined; readonly earlier: number }
  | { readonly state: "done"; readonly cached: boolean; readonly milliseconds: number }
  | { readonly state: "stopped" };

export interface ScanState {
  readonly status: RunState["status"];
  readonly progress: Progress | undefined;
  readonly failure: Failure | undefined;
}

const waiting: StageState = { state: "waiting" };
const idleScan: ScanState = { status: "idle", progress: undefined, failure: undefined };

const allWaiting = Object.fromEntries(stageNames.map((name) => [name, waiting])) as Record<
  StageName,
  StageState
>;

export const initialRun: RunState = {
  status: "idle",
  stages: allWaiting,
  failure: undefined,
  scan: idleScan,
  learning: false,
  awake: false,
};

export function runStarted(run: RunState): RunState {
  return { ...run, status: "running", stages: allWaiting, failure: undefined, learning: false };
}

/** The run after one more event. */
export function runAfter(run: RunState, event: EngineEvent): RunState {
  switch (event.kind) {
    case "stage-started": {
      const before = run.stages[event.stage];
      const earlier = millisecondsOf(before);
      const cached = before.state !== "done" || before.cached;
      return withStage(
        run,
        event.stage,
        event.cached
          ? { state: "done", cached, milliseconds: earlier }
          : { state: "running", progress: undefined, earlier },
      );
    }
    case "progress": {
      const { stage } = event.progress;
      const earlier = millisecondsOf(run.stages[stage]);
      return withStage(run, stage, { state: "running", progress: event.progress, earlier });
    }
    case "stage-finished": {
      const before = run.stages[event.stage];
      const cached = before.state === "done" && before.cached;
      const milliseconds = millisecondsOf(before) + event.milliseconds;
      return withStage(run, event.stage, { state: "done", cached, milliseconds });
    }
    case "subnet":
      return { ...run, learning: true };
    case "edit":
      return run.learning ? { ...run, learning: false } : run;
    default:
      return run;
  }
}

/** What the finished parts of a stage took in this run. */
function millisecondsOf(stage: StageState): number {
  if (stage.state === "done") return stage.milliseconds;
  return stage.state === "running" ? stage.earlier : 0;
}

export function runEnded(run: RunState, failure: Failure | undefined): RunState {
  const stages = Object.fromEntries(
    Object.entries(run.stages).map(([name, stage]) => [
      name,
      stage.state === "running" ? { state: "stopped" } : stage,
    ]),
  ) as RunState["stages"];
  if (failure === undefined) return { ...run, status: "finished", stages, failure };
  return failure.cancelled
    ? { ...run, status: "cancelled", stages, failure: undefined }
    : { ...run, status: "failed", stages, failure };
}

export function scanAfter(scan: ScanState, event: ScanEvent): ScanState {
  return event.kind === "progress" ? { ...scan, progress: event.progress } : scan;
}

export function scanEnded(scan: ScanState, failure: Failure | undefined): ScanState {
  if (failure === undefined) return { ...scan, status: "finished", failure };
  return failure.cancelled
    ? { ...scan, status: "cancelled", failure: undefined }
    : { ...scan, status: "failed", failure };
}

export const scanStarted: ScanState = { status: "running", progress: undefined, failure: undefined };

function withStage(run: RunState, stage: StageName, state: StageState): RunState {
  return { ...run, stages: { ...run.stages, [stage]: state } };
}
