import { FileError } from "./file-error";

/**
 * What has been loaded or computed once, kept in the browser's private file system (OPFS) by content key. An entry is
 * two files: the content, and a note of its size that is written last; without a matching note there is no entry, so a
 * write that was cut short by a crash or a closed tab is never taken for content.
 */
export interface Store {
  /** `memory` where the browser gives no file system: kept until the page is closed. */
  readonly kind: "disk" | "memory";
  get(key: string): Promise<Blob | undefined>;
  /**
   * Keeps what `produce` writes, replacing an older entry. Nothing is kept if `produce` fails, and an older entry
   * then stays.
   */
  put(key: string, produce: Producer): Promise<Blob>;
  remove(key: string): Promise<void>;
  entries(): Promise<readonly StoreEntry[]>;
  /** Removes all entries, and what writes that were cut short have left. */
  clear(): Promise<void>;
}

export type ChunkWriter = (chunk: Uint8Array<ArrayBuffer>) => Promise<void>;
export type Producer = (write: ChunkWriter) => Promise<unknown>;

export interface StoreEntry {
  readonly key: string;
  readonly bytes: number;
}

export type StoreCode = "bad-key" | "full" | "unwritable";

export class StoreError extends FileError<StoreCode> {}

/** Ends the name of the note that makes content an entry. */
const NOTE = ".size";

function checkedKey(key: string): string {
  if (!/^[\w-][\w.-]{0,199}$/.test(key) || key.endsWith(NOTE)) {
    throw new StoreError(
      "bad-key",
      `"${key}" is no key of the store: expected up to 200 letters, digits, dots, dashes and underscores.`,
      "Report this as a fault of the page.",
    );
  }
  return key;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The error of a failed write of the store itself, as opposed to one of its producer. */
async function writeError(
  key: string,
  written: number,
  cause: unknown,
  storage: StorageManager,
): Promise<StoreError> {
  const isFull = cause instanceof DOMException && cause.name === "QuotaExceededError";
  if (!isFull) {
    return new StoreError(
      "unwritable",
      `The browser's storage refused to write ${key} after ${megabytes(written)}.`,
      "Close other tabs of this page and try again, or go on without storing.",
      { cause },
    );
  }
  const { quota = 0, usage = 0 } = await storage.estimate().catch((): StorageEstimate => ({}));
  return new StoreError(
    "full",
    `The browser's storage is full: ${key} did not fit after ${megabytes(written)}; ` +
      `this page may use ${megabytes(quota)} and uses ${megabytes(usage)}.`,
    "Delete stored models, free space on the disk, or leave private browsing.",
    { cause },
  );
}

async function ifThere<T>(step: Promise<T>): Promise<T | undefined> {
  try {
    return await step;
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") return undefined;
    throw error;
  }
}

class DiskStore implements Store {
  readonly kind = "disk";
  readonly #folder: FileSystemDirectoryHandle;
  readonly #storage: StorageManager;

  constructor(folder: FileSystemDirectoryHandle, storage: StorageManager) {
    this.#folder = folder;
    this.#storage = storage;
  }

  async get(key: string): Promise<Blob | undefined> {
    const note = await this.#file(checkedKey(key) + NOTE);
    const content = await this.#file(key);
    if (note === undefined || content === undefined) return undefined;
    return content.size === Number(await note.text()) ? content : undefined;
  }

  async put(key: string, produce: Producer): Promise<Blob> {
    const written = await this.#write(checkedKey(key), produce);
    try {
      const size = new TextEncoder().encode(String(written));
      await this.#write(key + NOTE, (write) => write(size));
      const content = await this.get(key);
      if (content === undefined) throw await writeError(key, written, undefined, this.#storage);
      return content;
    } catch (error) {
      await this.remove(key).catch(() => undefined);
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await ifThere(this.#folder.removeEntry(checkedKey(key) + NOTE));
    await ifThere(this.#folder.removeEntry(key));
  }

  async entries(): Promise<readonly StoreEntry[]> {
    const entries: StoreEntry[] = [];
    for await (const name of this.#folder.keys()) {
      if (!name.endsWith(NOTE)) continue;
      const key = name.slice(0, -NOTE.length);
      const content = await this.get(key);
      if (content !== undefined) entries.push({ key, bytes: content.size });
    }
    return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async clear(): Promise<void> {
    for await (const name of this.#folder.keys()) await ifThere(this.#folder.removeEntry(name));
  }

  async #file(name: string): Promise<File | undefined> {
    const handle = await ifThere(this.#folder.getFileHandle(name));
    return handle === undefined ? undefined : ifThere(handle.getFile());
  }

  /** Writes a file under its name at once when complete; returns its size. */
  async #write(name: string, produce: Producer): Promise<number> {
    let written = 0;
    const stored = async <T>(step: Promise<T>): Promise<T> => {
      try {
        return await step;
      } catch (cause) {
        throw await writeError(name, written, cause, this.#storage);
      }
    };
    const existed = (await this.#file(name)) !== undefined;
    const handle = await stored(this.#folder.getFileHandle(name, { create: true }));
    // The stream writes beside the file and takes its place on close.
    const stream = await stored(handle.createWritable());
    try {
      await produce(async (chunk) => {
        await stored(stream.write(chunk));
        written += chunk.byteLength;
      });
      await stored(stream.close());
    } catch (error) {
      await stream.abort().catch(() => undefined);
      if (!existed) await this.#folder.removeEntry(name).catch(() => undefined);
      throw error;
    }
    return written;
  }
}

class MemoryStore implements Store {
  readonly kind = "memory";
  readonly #contents = new Map<string, Blob>();

  get(key: string): Promise<Blob | undefined> {
    return Promise.resolve(this.#contents.get(checkedKey(key)));
  }

  async put(key: string, produce: Producer): Promise<Blob> {
    checkedKey(key);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    await produce((chunk) => {
      // A copy: the producer may use its buffer again, as it may after a write to disk.
      chunks.push(chunk.slice());
      return Promise.resolve();
    });
    const content = new Blob(chunks);
    this.#contents.set(key, content);
    return content;
  }

  remove(key: string): Promise<void> {
    this.#contents.delete(checkedKey(key));
    return Promise.resolve();
  }

  entries(): Promise<readonly StoreEntry[]> {
    const entries = [...this.#contents].map(([key, content]) => ({ key, bytes: content.size }));
    return Promise.resolve(entries.sort((a, b) => (a.key < b.key ? -1 : 1)));
  }

  clear(): Promise<void> {
    this.#contents.clear();
    return Promise.resolve();
  }
}

/** The store in this folder of the browser's file system, or one in memory where there is none. */
export async function openStore(folderName = "eigenband", storage?: StorageManager): Promise<Store> {
  // Absent in Node and on pages served without TLS; refused in some private windows.
  const manager = storage ?? (globalThis.navigator as Partial<Navigator> | undefined)?.storage;
  try {
    const root = await manager?.getDirectory();
    const folder = await root?.getDirectoryHandle(checkedKey(folderName), { create: true });
    const canWrite =
      "FileSystemFileHandle" in globalThis && "createWritable" in FileSystemFileHandle.prototype;
    if (folder === undefined || manager === undefined || !canWrite) return new MemoryStore();
    return new DiskStore(folder, manager);
  } catch (error) {
    if (error instanceof DOMException) return new MemoryStore();
    throw error;
  }
}
