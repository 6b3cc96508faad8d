import type { FloatTensor, HostTensor } from "../tensor/host-tensor";
import type { ByteSource } from "./byte-source";
import {
  LENGTH_BYTES,
  parseHeader,
  parseHeaderLength,
  SafetensorsError,
  type SafetensorsHeader,
  type TensorEntry,
} from "./safetensors-header";
import { float32Values, hostTensor } from "./tensor-values";

/** An open file: its header is checked, its data is read tensor by tensor. */
export interface SafetensorsFile extends SafetensorsHeader {
  readonly name: string;
  /** The entry, or an error that lists names like it. */
  entry(tensor: string): TensorEntry;
  bytes(tensor: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** The tensor as float32, from any type but 8-bit floats and complex numbers. */
  float32(tensor: string, signal?: AbortSignal): Promise<FloatTensor>;
  /** The tensor in the type nearest to the file's. */
  tensor(tensor: string, signal?: AbortSignal): Promise<HostTensor>;
}

function missing(header: SafetensorsHeader, tensor: string, file: string): SafetensorsError {
  const names = [...header.tensors.keys()];
  const tail = tensor.split(".").slice(-2).join(".");
  const alike = names.filter((name) => name.endsWith(tail));
  const shown = (alike.length > 0 ? alike : names).slice(0, 3);
  return new SafetensorsError(
    "missing-tensor",
    `${file} has no tensor ${tensor}; it has ${String(names.length)}, for example ${shown.join(", ")}.`,
    "Check that config.json and the weights belong to the same model.",
  );
}

/** A file by its header and a way to get the bytes of an entry. */
export function safetensorsFile(
  name: string,
  header: SafetensorsHeader,
  read: (entry: TensorEntry, signal?: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>,
): SafetensorsFile {
  const entry = (tensor: string): TensorEntry => {
    const found = header.tensors.get(tensor);
    if (found === undefined) throw missing(header, tensor, name);
    return found;
  };
  return {
    ...header,
    name,
    entry,
    async bytes(tensor, signal) {
      return read(entry(tensor), signal);
    },
    async float32(tensor, signal) {
      const found = entry(tensor);
      const data = float32Values(found, await read(found, signal), name);
      return { dtype: "float32", shape: found.shape, data };
    },
    async tensor(tensor, signal) {
      const found = entry(tensor);
      return hostTensor(found, await read(found, signal), name);
    },
  };
}

/** Reads and checks the header of a file; its tensors are then read one by one. */
export async function openSafetensors(source: ByteSource, signal?: AbortSignal): Promise<SafetensorsFile> {
  const { name, size } = source;
  const prefix = await source.read(0, Math.min(LENGTH_BYTES, size), signal);
  const length = parseHeaderLength(prefix, size, name);
  const json = await source.read(LENGTH_BYTES, LENGTH_BYTES + length, signal);
  return safetensorsFile(name, parseHeader(json, size, name), ({ start, end }, stop) =>
    source.read(start, end, stop),
  );
}

/** All tensors of a file in memory, each in the type nearest to the file's; float32 tensors are views of `bytes`. */
export function readSafetensors(
  bytes: Uint8Array<ArrayBuffer>,
  file = "model.safetensors",
): Pick<SafetensorsHeader, "metadata"> & { readonly tensors: ReadonlyMap<string, HostTensor> } {
  const length = parseHeaderLength(bytes.subarray(0, LENGTH_BYTES), bytes.byteLength, file);
  const json = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  const { tensors, metadata } = parseHeader(json, bytes.byteLength, file);
  const values = [...tensors.values()].map(
    (entry) => [entry.name, hostTensor(entry, bytes.subarray(entry.start, entry.end), file)] as const,
  );
  return { metadata, tensors: new Map(values) };
}
