/** Element types the lab computes with; files may hold more, see `files/safetensors`. */
export type DType = "float32" | "int32" | "int64" | "bool";

export interface TypedArrayOf {
  float32: Float32Array<ArrayBuffer>;
  int32: Int32Array<ArrayBuffer>;
  int64: BigInt64Array<ArrayBuffer>;
  bool: Uint8Array<ArrayBuffer>;
}

export const bytesPerElement: Readonly<Record<DType, number>> = {
  float32: 4,
  int32: 4,
  int64: 8,
  bool: 1,
};
