import { describe, expect, it } from "vitest";
import { BatchLosses, Schedule, type BatchPart } from "../../../src/stages/edit/subnet-schedule";

const descent = { epochs: 3, batch: 5, rate: 0.1, momentum: 0.9, decay: 0.01, seed: 2 };

function partsOf(schedule: Schedule): BatchPart[] {
  const parts: BatchPart[] = [];
  while (!schedule.isDone) {
    parts.push(schedule.part());
    schedule.advance();
  }
  return parts;
}

/** Parts of each batch, joined. */
function batches(parts: readonly BatchPart[]): number[][] {
  const all: number[][] = [];
  let open: number[] = [];
  for (const { indices, isLast } of parts) {
    open.push(...indices);
    if (isLast) all.push(open);
    if (isLast) open = [];
  }
  return all;
}

describe("a schedule", () => {
  it("shows every sample once per epoch, in batches, in an order of its own each time", () => {
    const all = batches(partsOf(new Schedule(descent, 12, 5)));
    expect(all.map((batch) => batch.length)).toEqual([5, 5, 2, 5, 5, 2, 5, 5, 2]);
    const epochs = [0, 3, 6].map((at) => all.slice(at, at + 3).flat());
    for (const epoch of epochs) expect(epoch.toSorted((a, b) => a - b)).toEqual([...Array(12).keys()]);
    expect(new Set(epochs.map(String)).size).toBe(3);
    expect(new Schedule(descent, 12, 5).steps).toBe(9);
  });

  it.each([1, 2, 3, 4, 5, 9])("has the same batches in parts of %i", (size) => {
    const whole = batches(partsOf(new Schedule(descent, 12, 5)));
    const parts = partsOf(new Schedule(descent, 12, size));
    expect(batches(parts)).toEqual(whole);
    for (const { indices } of parts) expect(indices.length).toBeLessThanOrEqual(size);
  });

  it("decays once per batch, and moves the scores at its end", () => {
    const parts = partsOf(new Schedule({ ...descent, epochs: 1 }, 7, 2));
    expect(parts.map(({ indices, step }) => [indices.length, step.momentum, step.decay, step.rate])).toEqual([
      [2, 0.9, 0.01, 0],
      [2, 1, 0, 0],
      [1, 1, 0, 0.1],
      [2, 0.9, 0.01, 0.1],
    ]);
  });

  it("of no epochs or no samples is done before it began", () => {
    expect(new Schedule({ ...descent, epochs: 0 }, 12, 5).isDone).toBe(true);
    expect(new Schedule(descent, 0, 5).isDone).toBe(true);
  });
});

it("losses of a batch are means over each set, and none of a set that is not in it", () => {
  const losses = new BatchLosses(2);
  losses.add([0, 5], Float32Array.of(4, 1));
  // What fills up a part has a loss too.
  losses.add([1], Float32Array.of(2, 100));
  expect(losses.point(3)).toEqual({ step: 3, forget: 3, retain: 1 });
  const retained = new BatchLosses(2);
  retained.add([2, 3], Float32Array.of(1, 2));
  expect(retained.point(1)).toEqual({ step: 1, forget: undefined, retain: 1.5 });
});
