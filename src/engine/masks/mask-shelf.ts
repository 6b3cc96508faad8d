import { StoreError, type Store } from "../../files/store";
import type { KeptMasks } from "../api";
import type { SavedMask } from "./saved-mask";

type Kind = SavedMask["kind"];

/** What a shelf keeps at most; the oldest go first. */
export interface ShelfLimits {
  readonly bytes: number;
  readonly masks: number;
}

/** A score and its velocity for each of 32 million weights, or some hundred masks that are done. */
const onDisk: ShelfLimits = { bytes: 256e6, masks: 100 };
/** Where the browser stores nothing they lie in the memory of the page. */
const inMemory: ShelfLimits = { bytes: 64e6, masks: 100 };

interface Entry {
  readonly key: string;
  readonly id: string;
  readonly time: number;
  readonly kind: Kind;
  readonly bytes: number;
}

/**
 * Masks in the browser's store, one for each id. The newer is written beside the older, which goes after: a whole one is
 * there whenever the page is closed. The name of a file tells its age and whether the mask is done.
 */
export class MaskShelf {
  readonly #store: Promise<Store>;
  readonly #limits: ShelfLimits | undefined;
  #lastTime = 0;

  constructor(store: Promise<Store>, limits?: ShelfLimits) {
    this.#store = store;
    this.#limits = limits;
  }

  /** Bytes of the largest mask that can be kept. */
  async mostBytes(): Promise<number> {
    return (await this.#bounds()).bytes;
  }

  /** What is stored under an id, and which kind it is: a mask that is done before one that is not, the newest first. */
  async load(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const store = await this.#store;
    const found = (await this.#entries()).filter((entry) => entry.id === id);
    for (const { key } of found.sort(
      (a, b) => Number(b.kind === "whole") - Number(a.kind === "whole") || b.time - a.time,
    )) {
      const blob = await store.get(key);
      if (blob !== undefined) return new Uint8Array(await blob.arrayBuffer());
    }
    return undefined;
  }

  /**
   * Keeps a mask in the place of the older one of its id; the oldest others make room.
   * @throws StoreError if it does not fit, or the store refuses it.
   */
  async save(id: string, kind: Kind, content: Uint8Array<ArrayBuffer>): Promise<void> {
    const store = await this.#store;
    const limits = await this.#bounds();
    const entries = await this.#entries();
    const others = entries.filter((entry) => entry.id !== id).sort((a, b) => a.time - b.time);
    let bytes = others.reduce((sum, entry) => sum + entry.bytes, content.byteLength);
    const makeRoom = async (): Promise<void> => {
      const oldest = others.shift();
      if (oldest === undefined) return;
      bytes -= oldest.bytes;
      await store.remove(oldest.key);
    };
    while (others.length > 0 && (bytes > limits.bytes || others.length >= limits.masks)) await makeRoom();
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1, ...entries.map(({ time }) => time + 1));
    const key = `${id}.${String(this.#lastTime)}.${kind}`;
    for (;;) {
      try {
        await store.put(key, (write) => write(content));
        break;
      } catch (error) {
        if (!(error instanceof StoreError && error.code === "full") || others.length === 0) throw error;
        await makeRoom();
      }
    }
    for (const older of entries) if (older.id === id) await store.remove(older.key);
  }

  async remove(id: string): Promise<void> {
    const store = await this.#store;
    for (const entry of await this.#entries()) if (entry.id === id) await store.remove(entry.key);
  }

  async list(): Promise<KeptMasks> {
    const entries = await this.#entries();
    const newest = new Map(entries.sort((a, b) => a.time - b.time).map((entry) => [entry.id, entry]));
    return {
      whole: [...newest.values()].filter(({ kind }) => kind === "whole").length,
      half: [...newest.values()].filter(({ kind }) => kind === "half").length,
      bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
      lasting: (await this.#store).kind === "disk",
    };
  }

  async clear(): Promise<void> {
    await (await this.#store).clear();
  }

  async #bounds(): Promise<ShelfLimits> {
    return this.#limits ?? ((await this.#store).kind === "disk" ? onDisk : inMemory);
  }

  async #entries(): Promise<Entry[]> {
    const entries = await (await this.#store).entries();
    return entries.flatMap(({ key, bytes }): Entry[] => {
      const [id = "", time = "", kind] = key.split(".");
      if (kind !== "half" && kind !== "whole") return [];
      return [{ key, id, time: Number(time), kind, bytes }];
    });
  }
}
