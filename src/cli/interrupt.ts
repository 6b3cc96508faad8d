/** A signal that fires with this message at Ctrl-C. */
export function untilInterrupted(message: string): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => {
    controller.abort(new Error(message));
  });
  return controller.signal;
}
