import { expect } from "vitest";

/**
 * Milliseconds from an abort, `after` milliseconds into the work, to the work's rejection with its reason: the least of
 * three, since whatever else the machine does may hold up any one of them. The work must take far longer than `after`.
 */
export async function leastStopDelay(
  work: (signal: AbortSignal) => Promise<unknown>,
  after: number,
): Promise<number> {
  const delays: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const controller = new AbortController();
    let abortedAt = Infinity;
    setTimeout(() => {
      abortedAt = performance.now();
      controller.abort(new DOMException("stopped", "AbortError"));
    }, after);
    await expect(work(controller.signal)).rejects.toMatchObject({ name: "AbortError", message: "stopped" });
    delays.push(performance.now() - abortedAt);
  }
  const least = Math.min(...delays);
  expect(least).toBeGreaterThanOrEqual(0);
  return least;
}
