import { describe, expect, it } from "vitest";
import { initialRun, runAfter, runEnded, runStarted } from "../../../src/app/state/run-slice";
import { usualSubnet } from "../../../src/recipe/balanced-subnet";
import type { EditResult, EngineEvent, Progress } from "../../../src/engine/api";

const progress: Progress = { stage: "factors", unit: "images", done: 10, total: 100, rate: 5, remaining: 18 };
const after = (events: EngineEvent[]) => events.reduce(runAfter, runStarted(initialRun));

describe("run state", () => {
  it("follows a stage from waiting over progress to done", () => {
    const started = after([{ kind: "stage-started", stage: "factors", cached: false }]);
    expect(started.stages.factors).toEqual({ state: "running", progress: undefined, earlier: 0 });
    expect(started.stages.edit).toEqual({ state: "waiting" });
    const moved = runAfter(started, { kind: "progress", progress });
    expect(moved.stages.factors).toEqual({ state: "running", progress, earlier: 0 });
    const done = runAfter(moved, { kind: "stage-finished", stage: "factors", milliseconds: 40 });
    expect(done.stages.factors).toEqual({ state: "done", cached: false, milliseconds: 40 });
  });

  it("remembers that a stage was kept from before", () => {
    const run = after([
      { kind: "stage-started", stage: "model", cached: true },
      { kind: "stage-finished", stage: "model", milliseconds: 1 },
    ]);
    expect(run.stages.model).toEqual({ state: "done", cached: true, milliseconds: 1 });
  });

  it("adds up the parts of a stage that comes twice", () => {
    const part = (cached: boolean, milliseconds: number): EngineEvent[] => [
      { kind: "stage-started", stage: "spectrum", cached },
      { kind: "stage-finished", stage: "spectrum", milliseconds },
    ];
    const spectrum = (...parts: EngineEvent[][]) => after(parts.flat()).stages.spectrum;
    expect(spectrum(part(false, 40), part(false, 3))).toEqual({
      state: "done",
      cached: false,
      milliseconds: 43,
    });
    expect(spectrum(part(false, 40), part(true, 0))).toMatchObject({ cached: false, milliseconds: 40 });
    expect(spectrum(part(true, 1), part(false, 3))).toMatchObject({ cached: false, milliseconds: 4 });
    expect(spectrum(part(true, 1), part(true, 0))).toMatchObject({ cached: true, milliseconds: 1 });
  });

  it("stops the stage under way when it fails, and tells why", () => {
    const failure = { stage: "factors", message: "no", remedy: "yes", cancelled: false } as const;
    const run = runEnded(after([{ kind: "progress", progress }]), failure);
    expect(run.status).toBe("failed");
    expect(run.failure).toBe(failure);
    expect(run.stages.factors).toEqual({ state: "stopped" });
  });

  it("knows while a mask is learned, and no longer when its edit or another run comes", () => {
    const edit = { method: "balanced-subnet", linears: ["a"], ...usualSubnet } as const;
    const training = { curve: [], steps: 3, forget: 1, retain: 2 };
    const learning = after([{ kind: "subnet", position: 1, edit, training }]);
    expect(learning.learning).toBe(true);
    expect(runAfter(learning, { kind: "progress", progress }).learning).toBe(true);
    const result = { position: 1, edit } as unknown as EditResult;
    expect(runAfter(learning, { kind: "edit", result }).learning).toBe(false);
    expect(runStarted(learning).learning).toBe(false);
  });

  it("shows no fault after a cancellation", () => {
    const run = runEnded(initialRun, { stage: undefined, message: "", remedy: "", cancelled: true });
    expect([run.status, run.failure]).toEqual(["cancelled", undefined]);
  });
});
