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
  const began = performance.now();
  let last = 0;
  return {
    signal,
    ...(onNotice && { onNotice }),
    onProgress: (done, total, unit) => {
      const now = performance.now();
      if (done < total && now - last < interval) return;
      last = now;
      const rate = done / Math.max(1e-3, (now - began) / 1000);
      emit({ stage, unit, done, total, rate, remaining: rate > 0 ? (total - done) / rate : undefined });
    },
  };
}
