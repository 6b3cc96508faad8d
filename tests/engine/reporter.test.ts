import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Progress } from "../../src/engine/api";
import { stageContext } from "../../src/engine/reporter";

describe("a stage's report", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const { signal } = new AbortController();

  it("holds the rate so far and the seconds left at it", () => {
    const told: Progress[] = [];
    const { onProgress } = stageContext("factors", signal, (progress) => told.push(progress));
    vi.advanceTimersByTime(2000);
    onProgress(50, 200, "images");
    expect(told).toEqual([
      { stage: "factors", unit: "images", done: 50, total: 200, rate: 25, remaining: 6 },
    ]);
  });

  it("counts neither what an earlier run has done, nor the time that other work took", () => {
    const told: Progress[] = [];
    const { onProgress, onStart } = stageContext("factors", signal, (progress) => told.push(progress));
    vi.advanceTimersByTime(5000);
    onProgress(1000, 1000, "tokens of text");
    vi.advanceTimersByTime(1000);
    onStart?.(100);
    vi.advanceTimersByTime(2000);
    onProgress(120, 200, "windows");
    expect(told.at(-1)).toMatchObject({ done: 120, rate: 10, remaining: 8 });
    vi.advanceTimersByTime(1000);
    onProgress(5, 10, "sweeps");
    expect(told.at(-1)).toMatchObject({ unit: "sweeps", rate: 5, remaining: 1 });
  });

  it("does not know what is left before the first unit", () => {
    const told: Progress[] = [];
    const { onProgress } = stageContext("model", signal, (progress) => told.push(progress));
    vi.advanceTimersByTime(1000);
    onProgress(0, 3, "MB");
    expect(told).toMatchObject([{ rate: 0, remaining: undefined }]);
  });

  it("is told at most every 80 ms, but the end always", () => {
    const told: number[] = [];
    const { onProgress } = stageContext("edit", signal, ({ done }) => told.push(done));
    for (let done = 1; done <= 100; done++) {
      vi.advanceTimersByTime(10);
      onProgress(done, 100, "images");
    }
    expect(told.at(-1)).toBe(100);
    expect(told.length).toBeGreaterThan(10);
    expect(told.length).toBeLessThan(15);
    onProgress(100, 100, "images");
    expect(told.at(-1)).toBe(100);
  });

  it("passes notices on at once, and the signal as it is", () => {
    const notices: unknown[] = [];
    const context = stageContext(
      "model",
      signal,
      () => undefined,
      (notice) => notices.push(notice),
    );
    context.onNotice?.({ message: "full", remedy: "free space" });
    expect(notices).toEqual([{ message: "full", remedy: "free space" }]);
    expect(context.signal).toBe(signal);
  });
});
