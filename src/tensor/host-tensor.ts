import type { DType, TypedArrayOf } from "./dtype";
import { formatShape, sizeOf, type Shape } from "./shape";

/** A row-major tensor in JavaScript memory: the only CPU tensor of the lab. */
export interface HostTensorOf<T extends DType> {
  readonly dtype: T;
  readonly shape: Shape;
  readonly data: TypedArrayOf[T];
}

export type HostTensor = { [T in DType]: HostTensorOf<T> }[DType];
export type FloatTensor = HostTensorOf<"float32">;

function checked<T extends DType>(dtype: T, shape: Shape, data: TypedArrayOf[T]): HostTensorOf<T> {
  if (data.length !== sizeOf(shape)) {
    throw new RangeError(
      `${dtype} tensor: expected ${String(sizeOf(shape))} elements for ${formatShape(shape)}, got ${String(data.length)}`,
    );
  }
  return { dtype, shape, data };
}

export function float32(shape: Shape, data: Float32Array<ArrayBuffer> | readonly number[]): FloatTensor {
  return checked("float32", shape, data instanceof Float32Array ? data : Float32Array.from(data));
}

export function int32(
  shape: Shape,
  data: Int32Array<ArrayBuffer> | readonly number[],
): HostTensorOf<"int32"> {
  return checked("int32", shape, data instanceof Int32Array ? data : Int32Array.from(data));
}

export function int64(shape: Shape, data: readonly number[]): HostTensorOf<"int64"> {
  return checked("int64", shape, BigInt64Array.from(data, BigInt));
}
