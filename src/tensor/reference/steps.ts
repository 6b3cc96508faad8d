/**
 * Long CPU work cut into steps of a few milliseconds. The same generator runs in one go (tests, small matrices) or in
 * time slices, between which the event loop turns, so that a worker still hears a message that cancels it.
 */

/** Yields the share of the work done, 0..1; returns the result. */
export type Steps<T> = Generator<number, T, void>;

export interface SliceOptions {
  readonly signal?: AbortSignal;
  /** Called after every slice with the share done, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Time between two turns of the event loop. */
  readonly sliceMilliseconds?: number;
}

export function runToEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Rejects with the signal's reason as soon as the step in progress ends after an abort. */
export async function runInSlices<T>(steps: Steps<T>, options: SliceOptions = {}): Promise<T> {
  const { signal, onProgress, sliceMilliseconds = 40 } = options;
  signal?.throwIfAborted();
  let sliceEnd = performance.now() + sliceMilliseconds;
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      onProgress?.(1);
      return step.value;
    }
    if (performance.now() >= sliceEnd) {
      onProgress?.(step.value);
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
      sliceEnd = performance.now() + sliceMilliseconds;
    }
  }
}

/** Runs steps as the part `from`..`to` of longer work. */
export function* asPart<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield from + step.value * (to - from);
  }
}
