import { afterEach, describe, expect, it } from "vitest";
import { cdp } from "vitest/browser";
import { openStore, StoreError, type Store } from "../../src/files/store";
import { itKeepsContent } from "./store-claims";

const FOLDER = "store-test";

async function removeFolder(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(FOLDER, { recursive: true }).catch(() => undefined);
}
afterEach(removeFolder);

const open = (): Promise<Store> => openStore(FOLDER);

describe("a store in the browser's file system", () => {
  itKeepsContent(open);

  it("is on disk, and found again by the next one that opens it", async () => {
    const first = await open();
    expect(first.kind).toBe("disk");
    await first.put("k", (write) => write(Uint8Array.of(7, 8)));
    const content = await (await open()).get("k");
    expect([...new Uint8Array(await content!.arrayBuffer())]).toEqual([7, 8]);
  });

  it("has no entry while a write is still running", async () => {
    const store = await open();
    let finish = (): void => undefined;
    const running = new Promise<void>((resolve) => (finish = resolve));
    let started = (): void => undefined;
    const start = new Promise<void>((resolve) => (started = resolve));
    const put = store.put("k", async (write) => {
      await write(new Uint8Array(1000));
      started();
      await running;
    });
    await start;
    expect(await (await open()).get("k")).toBeUndefined();
    expect(await (await open()).entries()).toEqual([]);
    finish();
    await put;
    expect((await (await open()).get("k"))!.size).toBe(1000);
  });

  it("takes no content for an entry that a crash left without its note, or shorter than noted", async () => {
    const store = await open();
    await store.put("k", (write) => write(Uint8Array.of(1, 2, 3)));
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER);
    const file = await folder.getFileHandle("k");
    const stream = await file.createWritable();
    await stream.write(Uint8Array.of(1, 2));
    await stream.close();
    expect(await store.get("k")).toBeUndefined();
    await store.put("k", (write) => write(Uint8Array.of(1, 2, 3)));
    await folder.removeEntry("k.size");
    expect(await store.get("k")).toBeUndefined();
    await store.clear();
    const left: string[] = [];
    for await (const name of folder.keys()) left.push(name);
    expect(left).toEqual([]);
  });

  it("says how much room there is when the disk quota is used up, and keeps nothing half-written", async () => {
    const session = cdp();
    const { origin } = location;
    const { usage = 0 } = await navigator.storage.estimate();
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage + 2_000_000 });
    try {
      const store = await open();
      const put = store.put("k", async (write) => {
        for (let i = 0; i < 8; i++) await write(new Uint8Array(1_000_000));
      });
      const error: unknown = await put.catch((reason: unknown) => reason);
      if (!(error instanceof StoreError)) throw error as Error;
      expect(error.code).toBe("full");
      expect(error.fault).toMatch(/k did not fit after \d\.\d MB; this page may use \d+\.\d MB/);
      expect(error.remedy).toContain("Delete stored models");
      expect(await store.entries()).toEqual([]);
    } finally {
      await session.send("Storage.overrideQuotaForOrigin", { origin });
    }
  });
});

describe("a browser that refuses its file system", () => {
  it("gets a store in memory", async () => {
    const refusing: StorageManager = Object.create(navigator.storage, {
      getDirectory: { value: () => Promise.reject(new DOMException("private window", "SecurityError")) },
    }) as StorageManager;
    expect((await openStore(FOLDER, refusing)).kind).toBe("memory");
  });
});
