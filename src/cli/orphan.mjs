/** Ends a server together with the npm that it runs under. */

const EVERY_MS = 500;

/**
 * Calls `stop` once when the process that started this one is gone. npm starts a script in a shell, and a signal that
 * ends npm ends the shell but does not reach the script: it would go on, and keep its port, with nobody to stop it.
 * @param {number} parent `process.ppid` as it was at the start
 * @param {() => void} stop
 */
export function whenOrphaned(parent, stop) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, EVERY_MS);
  timer.unref();
}
