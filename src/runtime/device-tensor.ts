import type { Tensor } from "onnxruntime-common";
import type { DType } from "../tensor/dtype";
import type { Shape } from "../tensor/shape";

/**
 * A tensor where the backend computes: a GPU buffer on WebGPU, JavaScript memory elsewhere. Whoever made it calls
 * `release` once; buffers wrapped from the lab's own memory are not destroyed by it.
 */
export interface DeviceTensor {
  readonly dtype: DType;
  readonly shape: Shape;
  /** The GPU buffer, or undefined on the CPU backends. */
  readonly buffer: GPUBuffer | undefined;
  /** The onnxruntime tensor that sessions are fed with. */
  readonly tensor: Tensor;
  release(): void;
}

/** Types onnxruntime hands out that the lab knows. */
function knownType(tensor: Tensor): DType {
  const { type } = tensor;
  if (type === "float32" || type === "int32" || type === "int64" || type === "bool") return type;
  throw new TypeError(`onnxruntime returned a tensor of type ${type}, which the lab does not use`);
}

/** Wraps a tensor of onnxruntime, e.g. a session's output; `release` frees it. */
export function wrapTensor(tensor: Tensor): DeviceTensor {
  return {
    dtype: knownType(tensor),
    shape: tensor.dims,
    buffer: tensor.location === "gpu-buffer" ? tensor.gpuBuffer : undefined,
    tensor,
    release: () => {
      tensor.dispose();
    },
  };
}

/** The values of a tensor that lies in JavaScript memory. */
export function hostFloats(tensor: DeviceTensor): Float32Array<ArrayBuffer> {
  const { data } = tensor.tensor;
  if (!(data instanceof Float32Array) || !(data.buffer instanceof ArrayBuffer)) {
    throw new TypeError(
      `expected float32 values in memory, got ${tensor.dtype} at ${tensor.tensor.location}`,
    );
  }
  return new Float32Array(data.buffer, data.byteOffset, data.length);
}
