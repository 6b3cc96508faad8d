import { LabError } from "../failure";

/** One training at a time in all pages of a browser: they share one stored state. */
export async function alone(work: () => Promise<void>): Promise<void> {
  // Absent in Node and on pages served without TLS.
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  if (locks === undefined) return work();
  await locks.request("eigenband-training", { ifAvailable: true }, async (lock) => {
    if (lock === null) {
      throw new LabError(
        "Another tab of this browser is training.",
        "Watch it there, or stop it there and start here.",
      );
    }
    await work();
  });
}
