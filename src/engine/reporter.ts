import type { StageName } from "../recipe/schema";
import type { Notice, StageContext } from "../stages/progress";
import type { Progress } from "./api";

/** Milliseconds between two progress events: enough for a smooth bar, little for the boundary to the page. */
const interval = 80;

/** A stage's context that turns counts into progress with rate and time left. */
export function stageContext(
  stage: StageName,
  signal: AbortSignal,
  emit: (progress: Progress) => void,
  onNotice?: (notice: Notice) => void,
): StageContext {
  /** Where and when counting began. */
  let start = { done: 0, at: performance.now() };
  let last = { at: 0, unit: "" };
  return {
    signal,
    ...(onNotice && { onNotice }),
    onStart: (done) => {
      start = { done, at: performance.now() };
      last = { at: 0, unit: "" };
    },
    onProgress: (done, total, unit) => {
      const now = performance.now();
      const isNew = last.unit !== "" && last.unit !== unit;
      // What was counted before took its own time.
      if (isNew) start = { done: 0, at: last.at };
      if (done < total && !isNew && now - last.at < interval) return;
      last = { at: now, unit };
      const rate = (done - start.done) / Math.max(1e-3, (now - start.at) / 1000);
      emit({ stage, unit, done, total, rate, remaining: rate > 0 ? (total - done) / rate : undefined });
    },
  };
}
