/** What a person should know although the work goes on. */
export interface Notice {
  readonly message: string;
  readonly remedy: string;
}

/** What a stage is given to report with and to be stopped by. */
export interface StageContext {
  readonly signal: AbortSignal;
  /** Counts something a person understands; called often, must be cheap. */
  readonly onProgress: (done: number, total: number, unit: string) => void;
  /** Counting begins at `done`, which an earlier run has done: what rates and times are measured from. */
  readonly onStart?: (done: number) => void;
  readonly onNotice?: (notice: Notice) => void;
}

/**
 * Waits for work that cannot be interrupted, but rejects as soon as the signal fires; the work then ends unseen.
 * @throws the signal's reason.
 */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Whichever loses the race must not surface as unhandled, nor work that was given an aborted signal.
  work.catch(() => undefined);
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new DOMException("stopped", "AbortError"));
    };
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}
