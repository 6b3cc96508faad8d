import { float16FromFloat32 } from "../tensor/half";
import type { HostTensor } from "../tensor/host-tensor";
import { LENGTH_BYTES, SafetensorsError, type FileDType } from "./safetensors-header";

export interface WriteOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  /** How float32 tensors are written; F32 unless said otherwise. */
  readonly floats?: "F32" | "F16";
  /** File name for messages. */
  readonly file?: string;
}

interface Encoded {
  readonly name: string;
  readonly dtype: FileDType;
  readonly shape: readonly number[];
  readonly data: ArrayBufferView;
  readonly elementBytes: number;
}

function halfBits(name: string, values: Float32Array<ArrayBuffer>, file: string): Uint16Array<ArrayBuffer> {
  // 65520 and above round to infinity in float16.
  const tooLarge = values.find((value) => Math.abs(value) >= 65520 && Number.isFinite(value));
  if (tooLarge !== undefined) {
    throw new SafetensorsError(
      "not-writable",
      `${file}: ${name} holds ${String(tooLarge)}, beyond the range of float16.`,
      "Export in float32.",
    );
  }
  return float16FromFloat32(values);
}

function encode(
  name: string,
  tensor: HostTensor,
  { floats, file = "model.safetensors" }: WriteOptions,
): Encoded {
  const { shape } = tensor;
  if (name === "__metadata__") {
    throw new SafetensorsError(
      "not-writable",
      `${file}: a tensor may not be named __metadata__.`,
      "Give it another name.",
    );
  }
  switch (tensor.dtype) {
    case "float32":
      return floats === "F16"
        ? { name, shape, dtype: "F16", data: halfBits(name, tensor.data, file), elementBytes: 2 }
        : { name, shape, dtype: "F32", data: tensor.data, elementBytes: 4 };
    case "int32":
      return { name, shape, dtype: "I32", data: tensor.data, elementBytes: 4 };
    case "int64":
      return { name, shape, dtype: "I64", data: tensor.data, elementBytes: 8 };
    case "bool":
      return { name, shape, dtype: "BOOL", data: tensor.data, elementBytes: 1 };
  }
}

/**
 * A safetensors file of these tensors. Larger elements come first, then names in order, so that every tensor lies
 * aligned to its element size and the same tensors always give the same bytes.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, HostTensor>,
  options: WriteOptions = {},
): Uint8Array<ArrayBuffer> {
  const encoded = [...tensors].map(([name, tensor]) => encode(name, tensor, options));
  encoded.sort((a, b) => b.elementBytes - a.elementBytes || (a.name < b.name ? -1 : 1));

  let filled = 0;
  const described = encoded.map(({ name, dtype, shape, data }) => {
    const start = filled;
    filled += data.byteLength;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [start, filled] })}`;
  });
  const { metadata } = options;
  if (metadata !== undefined) described.unshift(`"__metadata__":${JSON.stringify(sortedByKey(metadata))}`);

  const json = new TextEncoder().encode(`{${described.join(",")}}`);
  const headerBytes = Math.ceil(json.byteLength / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + filled);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  file.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const { data } of encoded) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

function sortedByKey(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
