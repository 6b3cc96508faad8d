import { describe, expect, it } from "vitest";
import type { TrainingEvent } from "../../../src/engine/api";
import { TrainingShelf } from "../../../src/engine/training/shelf";
import { trainBySettings } from "../../../src/engine/training/train";
import { openStore } from "../../../src/files/store";
import { createNodeBackend } from "../../../src/runtime/node";
import { tinyTraining } from "../../support/tiny-training";

const timeout = 120_000;
const backend = createNodeBackend();
const never = new AbortController().signal;

function onShelf(): {
  shelf: TrainingShelf;
  events: TrainingEvent[];
  train: (signal?: AbortSignal) => Promise<void>;
} {
  const shelf = new TrainingShelf(openStore());
  const events: TrainingEvent[] = [];
  const train = (signal = never): Promise<void> =>
    trainBySettings(
      { backend, shelf, inTurn: (work) => work() },
      { settings: tinyTraining, bandsEvery: 2, fresh: false },
      signal,
      (event) => events.push(event),
    );
  return { shelf, events, train };
}

const kinds = (events: readonly TrainingEvent[]): string[] =>
  events.filter(({ kind }) => kind !== "step").map(({ kind }) => kind);

describe("training in the tab", () => {
  it("tells of every epoch and of the bands as often as asked", { timeout }, async () => {
    const { shelf, events, train } = onShelf();
    await train();
    expect(kinds(events)).toEqual(["began", "epoch", "epoch", "bands", "epoch", "epoch", "bands"]);
    const [began] = events;
    expect(began).toEqual({
      kind: "began",
      from: { settings: tinyTraining, bandsEvery: 2, curve: [], bands: [] },
    });
    for (const event of events) {
      if (event.kind === "bands") {
        expect(event.bands.memorizedImages).toBeGreaterThanOrEqual(20);
        expect(event.bands.bands.linear).toBe("vit.encoder.layer.0.output.dense.weight");
        expect(event.bands.bands.kfac).toHaveLength(4);
      }
    }
    const steps = events.flatMap((event) => (event.kind === "step" ? [event.progress] : []));
    expect(steps.length).toBeGreaterThan(0);
    for (const { epoch, epochs, step, stepsPerEpoch } of steps) {
      expect([epochs, stepsPerEpoch]).toEqual([4, 8]);
      expect(epoch).toBeLessThanOrEqual(4);
      expect(step).toBeLessThanOrEqual(8);
    }
    expect((await shelf.saved())?.state.curve).toHaveLength(4);
    expect(await shelf.interrupted()).toBe(false);
  });

  it("goes on after a stop as if there had been none, bit for bit", { timeout }, async () => {
    const whole = onShelf();
    await whole.train();
    const parted = onShelf();
    const controller = new AbortController();
    const stopping = trainBySettings(
      { backend, shelf: parted.shelf, inTurn: (work) => work() },
      { settings: tinyTraining, bandsEvery: 2, fresh: false },
      controller.signal,
      (event) => {
        // In the middle of the third epoch's work: what it did is lost, the second epoch's state is not.
        if (event.kind === "bands") controller.abort(new DOMException("stopped", "AbortError"));
      },
    );
    await expect(stopping).rejects.toThrow("stopped");
    expect((await parted.shelf.saved())?.state.curve).toHaveLength(2);
    expect(await parted.shelf.interrupted()).toBe(false);
    await parted.train();
    const [began] = parted.events;
    expect(began?.kind === "began" && began.from.curve).toHaveLength(2);
    expect(kinds(parted.events)).toEqual(["began", "epoch", "epoch", "bands"]);
    expect(await parted.shelf.saved()).toEqual(await whole.shelf.saved());
  });

  it("starts anew for other settings, and where that is asked for", { timeout }, async () => {
    const { shelf, events, train } = onShelf();
    await train();
    const curve = (await shelf.saved())?.state.curve;
    const again = async (change: object, fresh: boolean) => {
      await trainBySettings(
        { backend, shelf, inTurn: (work) => work() },
        { settings: { ...tinyTraining, epochs: 1, ...change }, bandsEvery: 9, fresh },
        never,
        (event) => events.push(event),
      );
      return (await shelf.saved())?.state.curve;
    };
    const other = await again({ seed: 8 }, false);
    expect(other).toHaveLength(1);
    expect(other?.[0]?.loss).not.toBe(curve?.[0]?.loss);
    const anew = await again({ seed: 8 }, true);
    expect(anew).toEqual(other);
    events.length = 0;
    // Nothing is left to be done, and nothing is done.
    expect(await again({ seed: 8 }, false)).toEqual(other);
    expect(kinds(events)).toEqual(["began"]);
  });
});
