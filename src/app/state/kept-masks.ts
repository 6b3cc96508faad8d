import type { KeptMasks } from "../../engine/api";
import { engine, failureOf } from "../../engine/client";
import { notify } from "./lab";

/** What the browser keeps of masks; undefined if it could not be read, which is then said. */
export async function readMasks(): Promise<KeptMasks | undefined> {
  try {
    return await engine.masks();
  } catch (error) {
    notify({ id: "masks", ...failureOf(error) });
    return undefined;
  }
}

/** Drops all masks that the browser keeps. */
export async function deleteMasks(): Promise<KeptMasks | undefined> {
  try {
    await engine.forgetMasks();
  } catch (error) {
    notify({ id: "masks", ...failureOf(error) });
  }
  return readMasks();
}
