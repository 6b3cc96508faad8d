import { createHash } from "node:crypto";
import { afterEach, expect } from "vitest";
import { createHub, type Hub, type HubSettings } from "../../src/files/hub";
import { HubError } from "../../src/files/hub-error";
import { startServer, type Answer, type FileServer } from "./file-server";

export const folder = { repository: "owner/tiny-vit", revision: "main" };
export const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251);
export const sha256 = createHash("sha256").update(bytes).digest("hex");

/** As `toEqual`, which takes a second for so many elements. */
export function expectBytes(actual: Uint8Array): void {
  expect(actual.byteLength).toBe(bytes.byteLength);
  expect(Buffer.compare(actual, bytes)).toBe(0);
}

/** The server of the running test; closed after it. */
export let server: FileServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A hub on a server that answers so; it gives up after three attempts. */
export async function hubOf(answer: Answer, settings: HubSettings = {}): Promise<Hub> {
  await server?.close();
  server = await startServer(answer);
  return createHub({
    base: server.base,
    attempts: 3,
    pauseMilliseconds: 1,
    stallMilliseconds: 10_000,
    ...settings,
  });
}

export async function errorOf(promise: Promise<unknown>): Promise<HubError> {
  const error: unknown = await promise.then(
    () => new Error("expected a HubError, it was resolved"),
    (reason: unknown) => reason,
  );
  if (error instanceof HubError) return error;
  throw error as Error;
}
