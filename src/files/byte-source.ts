import { FileError } from "./file-error";

/** Bytes that can be read in part: memory, a dropped file, or a file on a server. */
export interface ByteSource {
  /** File name for messages. */
  readonly name: string;
  readonly size: number;
  /** The bytes start..end-1; always all of them, or an error. */
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

function checkRange(source: ByteSource, start: number, end: number): void {
  if (start < 0 || end < start || end > source.size) {
    throw new RangeError(
      `${source.name}: expected a range within 0..${String(source.size)}, got ${String(start)}..${String(end)}`,
    );
  }
}

/** Bytes in memory; ranges are views, not copies. */
export function memorySource(name: string, bytes: Uint8Array<ArrayBuffer>): ByteSource {
  const source: ByteSource = {
    name,
    size: bytes.byteLength,
    read(start, end, signal) {
      signal?.throwIfAborted();
      checkRange(source, start, end);
      return Promise.resolve(bytes.subarray(start, end));
    },
  };
  return source;
}

/** A file from disk, read as needed. */
export function blobSource(name: string, blob: Blob): ByteSource {
  const source: ByteSource = {
    name,
    size: blob.size,
    async read(start, end, signal) {
      signal?.throwIfAborted();
      checkRange(source, start, end);
      let buffer: ArrayBuffer;
      try {
        buffer = await blob.slice(start, end).arrayBuffer();
      } catch (cause) {
        throw new FileError(
          "unreadable",
          `${name} could not be read from disk.`,
          "It may have been changed, moved or be too large; choose it again.",
          { cause },
        );
      }
      signal?.throwIfAborted();
      return new Uint8Array(buffer);
    },
  };
  return source;
}
