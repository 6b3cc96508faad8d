import { describe, expect, it } from "vitest";
import {
  initialTraining,
  missingTrained,
  sameSettings,
  standingName,
  trainingAfter,
  trainingEnded,
  trainingStarted,
  wantedSettings,
  withTrainings,
} from "../../../src/app/state/training-slice";
import { initialView } from "../../../src/app/state/view-slice";
import type { StoodTraining, TrainingEvent } from "../../../src/engine/api";
import { defaultTraining, trainedId } from "../../../src/recipe/training-settings";

const point = { epoch: 1, loss: 2, clean: 0.3, memorized: 0.1, groundTruth: 0.2, validation: 0.3 };
const from: StoodTraining = { settings: defaultTraining, bandsEvery: 5, curve: [], bands: [] };
const began: TrainingEvent = { kind: "began", from };

describe("the training panel", () => {
  it("takes over what it goes on from and adds every epoch and picture of the bands", () => {
    const bands = {
      epoch: 1,
      bands: { linear: "a", kfac: [], svd: [] },
      memorizedImages: 30,
    };
    const events: TrainingEvent[] = [began, { kind: "epoch", point }, { kind: "bands", bands }];
    const after = events.reduce(trainingAfter, trainingStarted(initialTraining));
    expect(after.status).toBe("running");
    expect(after.stood).toEqual({ ...from, curve: [point], bands: [bands] });
    expect(standingName(after)).toEqual({ settings: defaultTraining, epoch: 1 });
    // A new training of other settings takes its place.
    expect(trainingAfter(after, began).stood).toEqual(from);
    expect(standingName(trainingAfter(after, began))).toBeUndefined();
  });

  it("keeps what stands when it is stopped or fails, and tells a failure alone", () => {
    const running = trainingAfter(trainingAfter(initialTraining, began), { kind: "epoch", point });
    const failure = { stage: undefined, message: "no", remedy: "yes", cancelled: false };
    expect(trainingEnded(running, { ...failure, cancelled: true })).toMatchObject({
      status: "stopped",
      failure: undefined,
      stood: { curve: [point] },
    });
    expect(trainingEnded(running, failure)).toMatchObject({
      status: "failed",
      failure,
      stood: { curve: [point] },
    });
    expect(trainingEnded(running, undefined).status).toBe("finished");
  });

  it("wants the default until something else is chosen", () => {
    expect(wantedSettings(initialView)).toBe(defaultTraining);
    const train = { ...defaultTraining, seed: 2 };
    expect(wantedSettings({ ...initialView, train })).toBe(train);
    expect(sameSettings(train, { ...train })).toBe(true);
    expect(sameSettings(train, defaultTraining)).toBe(false);
  });

  it("misses a link's trained model only once it is known what the browser keeps", () => {
    const name = { settings: defaultTraining, epoch: 7 };
    const model = { kind: "trained", id: trainedId(name) };
    expect(missingTrained(initialTraining, model)).toBeUndefined();
    const empty = withTrainings(initialTraining, {
      stood: undefined,
      interrupted: false,
      kept: [],
      lasting: true,
    });
    expect(missingTrained(empty, model)).toEqual(name);
    expect(missingTrained(empty, { kind: "shipped" })).toBeUndefined();
    const kept = { ...empty, kept: [{ id: model.id, point, bytes: 1 }] };
    expect(missingTrained(kept, model)).toBeUndefined();
  });
});
