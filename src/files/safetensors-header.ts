import { formatShape, type Shape } from "../tensor/shape";
import { FileError } from "./file-error";
import { findJsonFlaw } from "./json-flaw";

/**
 * The header of a safetensors file, read strictly: 8 bytes N (little endian), N bytes of JSON, then the data. Tensors
 * must fill the data exactly: no hole, no overlap, nothing behind the last. What other readers accept by accident is
 * an error here, because a file that can be read in two ways cannot be trusted.
 */

/** Bits per element of every type the format knows. */
const bitsPerElement = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
} as const;

export type FileDType = keyof typeof bitsPerElement;

export interface TensorEntry {
  readonly name: string;
  readonly dtype: FileDType;
  readonly shape: Shape;
  /** Bytes start..end-1 of the file hold the tensor. */
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: ReadonlyMap<string, string>;
}

export type SafetensorsCode =
  | "too-short"
  | "header-too-large"
  | "header-beyond-end"
  | "header-not-utf8"
  | "header-not-json"
  | "header-invalid"
  | "duplicate-key"
  | "unknown-dtype"
  | "unsupported-dtype"
  | "too-many-elements"
  | "offsets"
  | "size-mismatch"
  | "file-length"
  | "missing-tensor"
  | "index"
  | "not-writable";

export class SafetensorsError extends FileError<SafetensorsCode> {}

const DAMAGED = "The file is cut off or damaged: download it or export it again.";
const MALFORMED =
  "It was not written by the safetensors format: export it again with the safetensors library.";

/** Longest header a reader may accept; the largest of real checkpoints are a few megabytes. */
export const MAX_HEADER_BYTES = 100_000_000;

/** Bytes before the JSON. */
export const LENGTH_BYTES = 8;

/** Length N of the JSON, from the first 8 bytes of a file of `fileSize` bytes. */
export function parseHeaderLength(prefix: Uint8Array, fileSize: number, file: string): number {
  if (prefix.byteLength < LENGTH_BYTES) {
    throw new SafetensorsError(
      "too-short",
      `${file} has ${String(fileSize)} bytes; a safetensors file has at least ${String(LENGTH_BYTES)}.`,
      DAMAGED,
    );
  }
  // As BigInt first: as a number, an absurd length could round to a plausible one.
  const length = new DataView(prefix.buffer, prefix.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw new SafetensorsError(
      "header-too-large",
      `${file} announces a header of ${String(length)} bytes; at most ${String(MAX_HEADER_BYTES)} are allowed.`,
      "It is no safetensors file: choose a file whose name ends in .safetensors.",
    );
  }
  if (Number(length) > fileSize - LENGTH_BYTES) {
    throw new SafetensorsError(
      "header-beyond-end",
      `${file} ends within its header: ${String(length)} bytes announced, ${String(fileSize - LENGTH_BYTES)} there.`,
      DAMAGED,
    );
  }
  return Number(length);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decodeJson(json: Uint8Array, file: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    // ignoreBOM keeps a byte order mark, which is no JSON, instead of dropping it.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(json);
  } catch (cause) {
    throw new SafetensorsError("header-not-utf8", `The header of ${file} is no UTF-8 text.`, DAMAGED, {
      cause,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SafetensorsError("header-not-json", `The header of ${file} is no JSON.`, DAMAGED, { cause });
  }
  if (!isRecord(value)) {
    throw new SafetensorsError("header-invalid", `The header of ${file} is no JSON object.`, MALFORMED);
  }
  const flaw = findJsonFlaw(text);
  if (flaw?.kind === "duplicate-key") {
    throw new SafetensorsError(
      "duplicate-key",
      `The header of ${file} names "${flaw.text}" twice.`,
      MALFORMED,
    );
  }
  if (flaw !== undefined) {
    throw new SafetensorsError(
      "header-invalid",
      `The header of ${file} holds the number ${flaw.text}; expected whole numbers.`,
      MALFORMED,
    );
  }
  return value;
}

function parseMetadata(value: unknown, file: string): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  if (value === undefined || value === null) return metadata;
  if (!isRecord(value)) {
    throw new SafetensorsError("header-invalid", `__metadata__ of ${file} is no object.`, MALFORMED);
  }
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") {
      throw new SafetensorsError("header-invalid", `__metadata__.${key} of ${file} is no text.`, MALFORMED);
    }
    metadata.set(key, text);
  }
  return metadata;
}

function isCountList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

function isFileDType(value: string): value is FileDType {
  return Object.hasOwn(bitsPerElement, value);
}

/** Bytes of a tensor; sizes that a float64 cannot count exactly are refused, since JSON.parse rounds them. */
function byteLengthOf(label: string, dtype: FileDType, shape: Shape): number {
  let bits: number = bitsPerElement[dtype];
  const hasOverflow = shape.some((dimension) => {
    bits *= dimension;
    return !Number.isSafeInteger(dimension) || !Number.isSafeInteger(bits);
  });
  if (hasOverflow) {
    throw new SafetensorsError(
      "too-many-elements",
      `${label} has the shape ${formatShape(shape)}, more elements than can be counted.`,
      MALFORMED,
    );
  }
  return bits / 8;
}

/** Entry with offsets relative to the data, as in the file. */
function parseEntry(name: string, value: unknown, file: string): TensorEntry {
  const label = `Tensor ${name} of ${file}`;
  const invalid = (what: string): SafetensorsError =>
    new SafetensorsError("header-invalid", `${label} ${what}.`, MALFORMED);
  if (/\p{Surrogate}/u.test(name)) throw invalid("has a name that is no valid Unicode");
  if (!isRecord(value)) throw invalid("has no description");
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string") throw invalid("has no dtype");
  if (!isFileDType(dtype)) {
    throw new SafetensorsError(
      "unknown-dtype",
      `${label} has the unknown dtype ${dtype}.`,
      "Convert the checkpoint to float32, float16 or bfloat16.",
    );
  }
  if (bitsPerElement[dtype] < 8) {
    throw new SafetensorsError(
      "unsupported-dtype",
      `${label} has the dtype ${dtype}, whose elements are smaller than a byte; these are not supported.`,
      "Convert the checkpoint to float32, float16 or bfloat16.",
    );
  }
  if (!isCountList(shape)) throw invalid("has no shape");
  if (!isCountList(offsets) || offsets.length !== 2) throw invalid("has no pair of data_offsets");
  const [start = 0, end = 0] = offsets;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end))
    throw invalid("has offsets beyond any file");
  return { name, dtype, shape, start, end };
}

/** The header from its JSON bytes, checked against a file of `fileSize` bytes. */
export function parseHeader(json: Uint8Array, fileSize: number, file: string): SafetensorsHeader {
  const { __metadata__: metadata, ...described } = decodeJson(json, file);
  const dataStart = LENGTH_BYTES + json.byteLength;
  const entries = Object.entries(described).map(([name, value]) => parseEntry(name, value, file));
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  const tensors = new Map<string, TensorEntry>();
  let filled = 0;
  for (const entry of entries) {
    const label = `Tensor ${entry.name} of ${file}`;
    if (entry.start !== filled || entry.end < entry.start) {
      throw new SafetensorsError(
        "offsets",
        `${label} spans the bytes ${String(entry.start)}..${String(entry.end)}; expected a start at ${String(filled)}.`,
        MALFORMED,
      );
    }
    const expected = byteLengthOf(label, entry.dtype, entry.shape);
    if (entry.end - entry.start !== expected) {
      throw new SafetensorsError(
        "size-mismatch",
        `${label} (${entry.dtype}, ${formatShape(entry.shape)}) needs ${String(expected)} bytes, ` +
          `its offsets span ${String(entry.end - entry.start)}.`,
        MALFORMED,
      );
    }
    filled = entry.end;
    tensors.set(entry.name, { ...entry, start: dataStart + entry.start, end: dataStart + entry.end });
  }
  if (dataStart + filled !== fileSize) {
    throw new SafetensorsError(
      "file-length",
      `${file} should have ${String(dataStart + filled)} bytes by its header; it has ${String(fileSize)}.`,
      DAMAGED,
    );
  }
  return { tensors, metadata: parseMetadata(metadata, file) };
}
