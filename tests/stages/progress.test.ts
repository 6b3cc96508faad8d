import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { orAborted } from "../../src/stages/progress";

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
const stopped = () => new DOMException("stopped", "AbortError");

beforeEach(() => {
  unhandled.length = 0;
  process.on("unhandledRejection", note);
});
afterEach(() => process.off("unhandledRejection", note));

/** Rejections are told of once the microtasks are done. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("waiting for work or an abort", () => {
  it("gives the work's result or its error", async () => {
    const { signal } = new AbortController();
    expect(await orAborted(Promise.resolve(7), signal)).toBe(7);
    await expect(orAborted(Promise.reject(new Error("broken")), signal)).rejects.toThrow("broken");
  });

  it("rejects at once with the signal's reason while the work goes on", async () => {
    const controller = new AbortController();
    const waiting = orAborted(new Promise(() => undefined), controller.signal);
    controller.abort(stopped());
    await expect(waiting).rejects.toThrow("stopped");
  });

  it("keeps the failure of abandoned work to itself, also if the signal had fired before", async () => {
    const controller = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const failing = new Promise<never>((_, reject) => (fail = reject));
    const waiting = orAborted(failing, controller.signal);
    controller.abort(stopped());
    await expect(waiting).rejects.toThrow("stopped");
    fail(new Error("too late"));
    await expect(orAborted(Promise.reject(stopped()), controller.signal)).rejects.toThrow("stopped");
    await settle();
    expect(unhandled).toEqual([]);
  });
});
