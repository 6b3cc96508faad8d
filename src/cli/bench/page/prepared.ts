/** A task ready to be timed. */
export interface Prepared {
  /** Executes this many times and resolves when all results are there. */
  readonly execute: (times: number) => Promise<void>;
  /** Executions per measurement: as many as make the clock's steps, the waiting and what came before it small. */
  readonly repeats: number;
  readonly release: () => Promise<void>;
}

/** Long beside the time for which onnxruntime's threads still spin, or have to be woken, after other work. */
const wantedMs = 500;
const mostRepeats = 500;

/** Warms up, then finds how often to repeat. */
export async function repeated(
  execute: (times: number) => Promise<void>,
  release: () => Promise<void>,
): Promise<Prepared> {
  await execute(1);
  const began = performance.now();
  await execute(1);
  const ms = performance.now() - began;
  return {
    execute,
    repeats: Math.min(mostRepeats, Math.max(1, Math.ceil(wantedMs / Math.max(ms, 0.1)))),
    release,
  };
}
