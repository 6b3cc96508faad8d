import { describe, expect, it } from "vitest";
import { MaskShelf } from "../../../src/engine/masks/mask-shelf";
import { decodeMask, encodeMask, type SavedMask } from "../../../src/engine/masks/saved-mask";
import { openStore, StoreError, type Store } from "../../../src/files/store";
import type { Linear } from "../../../src/stages/model/types";

const bytes = (length: number, value = 1) => new Uint8Array(length).fill(value);
const shelfOf = (store: Promise<Store>) => new MaskShelf(store, { bytes: 100, masks: 3 });
const keysOf = async (store: Promise<Store>) => (await (await store).entries()).map(({ key }) => key);

describe("the shelf of masks", () => {
  it("gives back what it kept last, and keeps one for each id", async () => {
    const store = openStore();
    await shelfOf(store).save("a", "half", bytes(10, 1));
    await shelfOf(store).save("a", "half", bytes(11, 2));
    await shelfOf(store).save("b", "whole", bytes(5, 3));
    expect(await shelfOf(store).load("a")).toEqual(bytes(11, 2));
    expect(await shelfOf(store).load("b")).toEqual(bytes(5, 3));
    expect(await shelfOf(store).load("c")).toBeUndefined();
    expect(await shelfOf(store).list()).toEqual({ whole: 1, half: 1, bytes: 16, lasting: false });
    await shelfOf(store).save("a", "whole", bytes(1));
    expect(await shelfOf(store).list()).toEqual({ whole: 2, half: 0, bytes: 6, lasting: false });
    await shelfOf(store).remove("a");
    expect(await shelfOf(store).load("a")).toBeUndefined();
    await shelfOf(store).clear();
    expect(await keysOf(store)).toEqual([]);
  });

  it("keeps the older while the newer is written, and takes the newer of two", async () => {
    const store = openStore();
    await shelfOf(store).save("a", "half", bytes(10, 1));
    const [older] = await keysOf(store);
    const dying: Store = {
      ...(await store),
      kind: "memory",
      get: async (key) => (await store).get(key),
      entries: async () => (await store).entries(),
      put: async (key, produce) => (await store).put(key, produce),
      // The page is closed after the newer is written and before the older has gone.
      remove: () => Promise.reject(new Error("closed")),
      clear: async () => (await store).clear(),
    };
    await expect(shelfOf(Promise.resolve(dying)).save("a", "half", bytes(10, 2))).rejects.toThrow("closed");
    expect(await keysOf(store)).toHaveLength(2);
    expect(await keysOf(store)).toContain(older);
    expect(await shelfOf(store).load("a")).toEqual(bytes(10, 2));
    expect(await shelfOf(store).list()).toMatchObject({ whole: 0, half: 1, bytes: 20 });
    await shelfOf(store).save("a", "half", bytes(10, 3));
    expect(await keysOf(store)).toHaveLength(1);
  });

  it("lets the oldest go where there are too many or too large ones", async () => {
    const store = openStore();
    const shelf = shelfOf(store);
    for (const id of ["a", "b", "c"]) await shelf.save(id, "whole", bytes(30));
    // Written again it is the newest.
    await shelf.save("a", "whole", bytes(30));
    await shelf.save("d", "half", bytes(30));
    const there = async () => {
      const found: string[] = [];
      for (const id of ["a", "b", "c", "d"]) if (await shelf.load(id)) found.push(id);
      return found.join("");
    };
    expect(await there()).toBe("acd");
    await shelf.save("d", "half", bytes(45));
    expect(await there()).toBe("ad");
    expect(await shelf.list()).toMatchObject({ bytes: 75 });
  });

  it("makes room in a full store from its oldest, and says so where that is not enough", async () => {
    const inner = await openStore();
    const full: Store = {
      kind: "disk",
      get: (key) => inner.get(key),
      entries: () => inner.entries(),
      remove: (key) => inner.remove(key),
      clear: () => inner.clear(),
      put: async (key, produce) => {
        const blob = await inner.put(key, produce);
        const entries = await inner.entries();
        if (entries.reduce((sum, entry) => sum + entry.bytes, 0) <= 40) return blob;
        await inner.remove(key);
        throw new StoreError("full", "The browser's storage is full.", "Delete stored models.");
      },
    };
    const shelf = shelfOf(Promise.resolve(full));
    await shelf.save("a", "whole", bytes(15));
    await shelf.save("b", "whole", bytes(15));
    await shelf.save("c", "whole", bytes(20));
    expect(await shelf.load("a")).toBeUndefined();
    expect(await shelf.load("b")).toEqual(bytes(15));
    await expect(shelf.save("d", "whole", bytes(41))).rejects.toThrow("storage is full");
  });
});

describe("a stored mask", () => {
  const linear = { id: "w", outputs: 5, inputs: 7 } as Linear;
  const floats = (seed: number) => Float32Array.from({ length: 35 }, (_, k) => Math.sin(seed + k) / 3);
  const half: SavedMask = {
    kind: "half",
    state: {
      linears: [{ linear: "w", scores: floats(1), velocity: floats(2) }],
      place: { epoch: 2, at: 6 },
      losses: { sums: { forget: 1 / 3, retain: 2e-17 }, counts: { forget: 2, retain: 1 } },
      curve: [{ step: 1, forget: 0.1 + 0.2, retain: undefined }],
      milliseconds: 12.5,
    },
  };
  const whole: SavedMask = {
    kind: "whole",
    subnet: {
      masks: new Map([["w", { linear, dropped: 7, bits: Uint32Array.of(0xf0f0f0f1, 5) }]]),
      training: { curve: [{ step: 1, forget: undefined, retain: 2.5 }], steps: 1, forget: 0, retain: 3 },
      seconds: 0.25,
    },
  };

  it.each([half, whole])("of kind $kind is read as it was written, bit for bit", (saved) => {
    expect(decodeMask(encodeMask(saved), [linear], { drop: 0.2 })).toStrictEqual(saved);
  });

  it.each([half, whole])("of kind $kind is none of other linears", (saved) => {
    for (const other of [
      { ...linear, id: "v" },
      { ...linear, inputs: 70 },
    ])
      expect(decodeMask(encodeMask(saved), [linear, other], { drop: 0.2 })).toBeUndefined();
  });
});
