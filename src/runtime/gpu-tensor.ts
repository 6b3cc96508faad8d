import { Tensor } from "onnxruntime-web/webgpu";
import type { GpuContext } from "../gpu/device";
import type { MatrixView } from "../gpu/linalg/matmul";
import type { Shape } from "../tensor/shape";
import type { DeviceTensor } from "./device-tensor";

/** Wraps a buffer of the lab's own memory as a float32 tensor; releasing it destroys the buffer. */
export function gpuTensor(gpu: GpuContext, buffer: GPUBuffer, shape: Shape): DeviceTensor {
  return {
    dtype: "float32",
    shape,
    buffer,
    tensor: Tensor.fromGpuBuffer(buffer, { dataType: "float32", dims: [...shape] }),
    release: () => {
      gpu.buffers.destroy(buffer);
    },
  };
}

/** The buffer of a tensor that must be on the GPU. */
export function bufferOf(tensor: DeviceTensor): GPUBuffer {
  if (!tensor.buffer)
    throw new TypeError(`expected a tensor on the GPU, got one at ${tensor.tensor.location}`);
  return tensor.buffer;
}

/** A tensor of rank 2 as the kernels see it. */
export function matrixView(tensor: DeviceTensor): MatrixView {
  const [rows, columns] = tensor.shape;
  if (rows === undefined || columns === undefined || tensor.shape.length !== 2) {
    throw new RangeError(`expected a matrix, got a tensor of rank ${tensor.shape.length}`);
  }
  return { buffer: bufferOf(tensor), rows, columns };
}
