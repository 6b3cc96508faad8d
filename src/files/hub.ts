import type { ByteSource } from "./byte-source";
import { HubError } from "./hub-error";
import { Sha256 } from "./sha256";
import { runTransfer, type TransferSettings } from "./transfer";

/**
 * Public model folders of the Hugging Face hub, or of any server with the same addresses. Revisions are pinned: ask
 * `listing` for the commit once, then load from that, so that what is cached never goes stale.
 */

export interface HubSettings extends Partial<TransferSettings> {
  readonly base?: string;
}

export interface HubFolder {
  /** `owner/model`. */
  readonly repository: string;
  /** Commit, tag or branch. */
  readonly revision: string;
}

export interface HubFileFacts {
  readonly size: number;
  /** Known for large files. */
  readonly sha256: string | undefined;
}

export interface HubListing extends HubFolder {
  /** Files of the folder's top level, with `revision` as the commit the name stood for. */
  readonly files: ReadonlyMap<string, HubFileFacts>;
}

export interface LoadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
  /** Size and hash the file must have. */
  readonly facts?: HubFileFacts;
}

export interface Hub {
  url(folder: HubFolder, file: string): string;
  /** The commit that a revision stands for, and its files. */
  listing(repository: string, revision: string, signal?: AbortSignal): Promise<HubListing>;
  /** A whole file, checked against `facts`. */
  load(folder: HubFolder, file: string, options?: LoadOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** A whole file, piece by piece as it comes; a wrong hash shows only at the end, by an error. */
  stream(
    folder: HubFolder,
    file: string,
    write: (chunk: Uint8Array<ArrayBuffer>) => void | Promise<void>,
    options?: LoadOptions,
  ): Promise<number>;
  json(folder: HubFolder, file: string, options?: LoadOptions): Promise<unknown>;
  /** A file that is loaded range by range, as it is read. */
  source(folder: HubFolder, file: string, facts: HubFileFacts): ByteSource;
}

const defaults = {
  base: "https://huggingface.co",
  attempts: 5,
  pauseMilliseconds: 500,
  stallMilliseconds: 30_000,
};

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function checkedRepository(repository: string): string {
  if (!/^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(repository)) {
    throw new HubError(
      "bad-name",
      `"${repository}" is no name of a model on the hub.`,
      "Write owner/model, as in facebook/deit-tiny-patch16-224.",
    );
  }
  return repository;
}

function parseJson(bytes: Uint8Array, what: string): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const isPage = text.trimStart().startsWith("<");
    throw new HubError(
      isPage ? "html" : "not-json",
      isPage ? `The server sent a web page instead of ${what}.` : `${what} is no JSON.`,
      "The network may answer in the server's place, or the model is damaged: open its page in a tab to see.",
      { cause },
    );
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The file entries of an answer of the tree interface. */
function parseTree(tree: unknown, what: string): Map<string, HubFileFacts> {
  const files = new Map<string, HubFileFacts>();
  if (!Array.isArray(tree)) throw unexpected(what);
  for (const entry of tree as readonly unknown[]) {
    if (!isRecord(entry) || entry.type !== "file") continue;
    if (typeof entry.path !== "string" || typeof entry.size !== "number") throw unexpected(what);
    const hash = isRecord(entry.lfs) ? entry.lfs.oid : undefined;
    files.set(entry.path, { size: entry.size, sha256: typeof hash === "string" ? hash : undefined });
  }
  return files;
}

function unexpected(what: string): HubError {
  return new HubError(
    "not-json",
    `The server describes ${what} in an unknown way.`,
    "Drop the files on the page.",
  );
}

export function createHub(settings: HubSettings = {}): Hub {
  const { base, ...patience } = { ...defaults, ...settings };
  const transferSettings: TransferSettings = {
    ...patience,
    fetch: settings.fetch ?? ((input, init) => fetch(input, init)),
  };

  const url = ({ repository, revision }: HubFolder, file: string): string =>
    `${base}/${checkedRepository(repository)}/resolve/${encodeURIComponent(revision)}/${encodePath(file)}`;

  async function collect(
    address: string,
    what: string,
    options: LoadOptions,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    await streamFrom(address, what, (chunk) => void chunks.push(chunk), options);
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  }

  async function streamFrom(
    address: string,
    what: string,
    write: (chunk: Uint8Array<ArrayBuffer>) => void | Promise<void>,
    { signal, onProgress, facts }: LoadOptions,
  ): Promise<number> {
    const hash = facts?.sha256 === undefined ? undefined : new Sha256();
    const bytes = await runTransfer(
      {
        url: address,
        what,
        start: 0,
        end: undefined,
        size: facts?.size,
        write(chunk) {
          hash?.update(chunk);
          return write(chunk);
        },
        signal,
        onProgress,
      },
      transferSettings,
    );
    if (hash !== undefined && hash.hex() !== facts?.sha256) {
      throw new HubError(
        "corrupt",
        `${what} arrived damaged: its SHA-256 is not the one the hub names.`,
        "Load it again; nothing of it was kept.",
      );
    }
    return bytes;
  }

  async function interfaceJson(
    path: string,
    what: string,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const bytes = await collect(`${base}/api/models/${path}`, what, signal === undefined ? {} : { signal });
    return parseJson(bytes, what);
  }

  return {
    url,
    async listing(repository, revision, signal) {
      const model = `${checkedRepository(repository)} at ${revision}`;
      const info = await interfaceJson(
        `${repository}/revision/${encodeURIComponent(revision)}`,
        model,
        signal,
      );
      if (!isRecord(info) || typeof info.sha !== "string") throw unexpected(model);
      // One answer holds up to 1,000 entries, more than any model's top level.
      const tree = await interfaceJson(`${repository}/tree/${info.sha}`, `the files of ${model}`, signal);
      return { repository, revision: info.sha, files: parseTree(tree, `the files of ${model}`) };
    },
    load: (folder, file, options = {}) => collect(url(folder, file), label(folder, file), options),
    stream: (folder, file, write, options = {}) =>
      streamFrom(url(folder, file), label(folder, file), write, options),
    async json(folder, file, options = {}) {
      const what = label(folder, file);
      return parseJson(await collect(url(folder, file), what, options), what);
    },
    source(folder, file, { size }) {
      const what = label(folder, file);
      return {
        name: what,
        size,
        async read(start, end, signal) {
          if (start < 0 || end < start || end > size) {
            throw new RangeError(
              `${what}: expected a range within 0..${String(size)}, got ${String(start)}..${String(end)}`,
            );
          }
          const bytes = new Uint8Array(end - start);
          let filled = 0;
          const write = (chunk: Uint8Array): void => {
            bytes.set(chunk, filled);
            filled += chunk.byteLength;
          };
          await runTransfer(
            { url: url(folder, file), what, start, end, size, write, signal, onProgress: undefined },
            transferSettings,
          );
          return bytes;
        },
      };
    },
  };
}

function label({ repository }: HubFolder, file: string): string {
  return `${file} of ${repository}`;
}
