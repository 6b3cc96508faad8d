import { expect, it } from "vitest";
import type { Store } from "../../src/files/store";

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

async function contentOf(store: Store, key: string): Promise<number[] | undefined> {
  const blob = await store.get(key);
  return blob === undefined ? undefined : [...new Uint8Array(await blob.arrayBuffer())];
}

/** What every store must do, on disk or in memory. */
export function itKeepsContent(open: () => Promise<Store>): void {
  it("gives back what was put, piece by piece, under its key only", async () => {
    const store = await open();
    const put = await store.put("sha256-ab", async (write) => {
      await write(bytes(1, 2));
      await write(bytes(3));
    });
    expect([...new Uint8Array(await put.arrayBuffer())]).toEqual([1, 2, 3]);
    expect(await contentOf(store, "sha256-ab")).toEqual([1, 2, 3]);
    expect(await contentOf(store, "sha256-a")).toBeUndefined();
  });

  it("keeps the bytes as they were when written, though their buffer is used again", async () => {
    const store = await open();
    const buffer = bytes(1);
    await store.put("k", async (write) => {
      await write(buffer);
      buffer[0] = 2;
      await write(buffer);
    });
    expect(await contentOf(store, "k")).toEqual([1, 2]);
  });

  it("keeps nothing of a producer that fails, and passes its error on", async () => {
    const store = await open();
    const broken = new Error("wrong hash");
    const put = store.put("k", async (write) => {
      await write(bytes(1));
      throw broken;
    });
    await expect(put).rejects.toBe(broken);
    expect(await contentOf(store, "k")).toBeUndefined();
    expect(await store.entries()).toEqual([]);
  });

  it("replaces content, but not by a write that fails", async () => {
    const store = await open();
    await store.put("k", (write) => write(bytes(1, 1, 1)));
    await store.put("k", (write) => write(bytes(2)));
    expect(await contentOf(store, "k")).toEqual([2]);
    await expect(store.put("k", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await contentOf(store, "k")).toEqual([2]);
  });

  it("keeps content without bytes", async () => {
    const store = await open();
    await store.put("k", () => Promise.resolve());
    expect(await contentOf(store, "k")).toEqual([]);
  });

  it("lists entries with their sizes, and forgets what is removed", async () => {
    const store = await open();
    await store.put("b", (write) => write(bytes(1, 2)));
    await store.put("a", (write) => write(bytes(1)));
    expect(await store.entries()).toEqual([
      { key: "a", bytes: 1 },
      { key: "b", bytes: 2 },
    ]);
    await store.remove("b");
    await store.remove("never-there");
    expect((await store.entries()).map(({ key }) => key)).toEqual(["a"]);
    await store.clear();
    expect(await store.entries()).toEqual([]);
    expect(await contentOf(store, "a")).toBeUndefined();
  });

  it.each(["", "..", ".hidden", "a/b", "a\\b", "k.size", "x".repeat(201)])(
    "refuses the key %j",
    async (key) => {
      const store = await open();
      await expect(async () => store.put(key, () => Promise.resolve())).rejects.toThrow(
        "is no key of the store",
      );
      await expect(async () => store.get(key)).rejects.toThrow("is no key of the store");
    },
  );
}
