import { float32FromBfloat16, float32FromFloat16 } from "../tensor/half";
import type { HostTensor } from "../tensor/host-tensor";
import { SafetensorsError, type FileDType, type TensorEntry } from "./safetensors-header";

/** The bytes at an address where elements of `size` bytes may be read: themselves, or a copy. */
function aligned(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  return bytes.byteOffset % size === 0 ? bytes : bytes.slice();
}

function words<T>(
  bytes: Uint8Array<ArrayBuffer>,
  View: { readonly BYTES_PER_ELEMENT: number; new (buffer: ArrayBuffer, offset: number, length: number): T },
): T {
  const { buffer, byteOffset, byteLength } = aligned(bytes, View.BYTES_PER_ELEMENT);
  return new View(buffer, byteOffset, byteLength / View.BYTES_PER_ELEMENT);
}

type Float32Conversion = (bytes: Uint8Array<ArrayBuffer>) => Float32Array<ArrayBuffer>;

/** Elements of any type the lab can compute with, as float32: a view of the bytes for F32, else a copy. */
const toFloat32: Readonly<Partial<Record<FileDType, Float32Conversion>>> = {
  F32: (bytes) => words(bytes, Float32Array<ArrayBuffer>),
  F16: (bytes) => float32FromFloat16(words(bytes, Uint16Array)),
  BF16: (bytes) => float32FromBfloat16(words(bytes, Uint16Array)),
  F64: (bytes) => Float32Array.from(words(bytes, Float64Array)),
  I8: (bytes) => Float32Array.from(words(bytes, Int8Array)),
  U8: (bytes) => Float32Array.from(bytes),
  BOOL: (bytes) => Float32Array.from(bytes),
  I16: (bytes) => Float32Array.from(words(bytes, Int16Array)),
  U16: (bytes) => Float32Array.from(words(bytes, Uint16Array)),
  I32: (bytes) => Float32Array.from(words(bytes, Int32Array)),
  U32: (bytes) => Float32Array.from(words(bytes, Uint32Array)),
  I64: (bytes) => Float32Array.from(words(bytes, BigInt64Array), Number),
  U64: (bytes) => Float32Array.from(words(bytes, BigUint64Array), Number),
};

/** The elements of a tensor as float32. */
export function float32Values(
  entry: TensorEntry,
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Float32Array<ArrayBuffer> {
  const convert = toFloat32[entry.dtype];
  if (convert === undefined) {
    throw new SafetensorsError(
      "unsupported-dtype",
      `Tensor ${entry.name} of ${file} has the dtype ${entry.dtype}, which cannot be computed with.`,
      "Convert the checkpoint to float32, float16 or bfloat16.",
    );
  }
  return convert(bytes);
}

/** The tensor in the type nearest to the file's: I32, I64 and BOOL as they are, all others as float32. */
export function hostTensor(entry: TensorEntry, bytes: Uint8Array<ArrayBuffer>, file: string): HostTensor {
  const { dtype, shape } = entry;
  switch (dtype) {
    case "I32":
      return { dtype: "int32", shape, data: words(bytes, Int32Array<ArrayBuffer>) };
    case "I64":
      return { dtype: "int64", shape, data: words(bytes, BigInt64Array<ArrayBuffer>) };
    case "BOOL":
      return { dtype: "bool", shape, data: bytes };
    default:
      return { dtype: "float32", shape, data: float32Values(entry, bytes, file) };
  }
}
