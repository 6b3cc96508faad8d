import * as ort from "onnxruntime-web/webgpu";
import { GpuContext } from "../gpu/device";
import { readFloats } from "../gpu/readback";
import { encodeOnnx } from "../graph/onnx";
import { sizeOf } from "../tensor/shape";
import type { Backend } from "./backend";
import { wrapTensor } from "./device-tensor";
import { gpuCovarianceSums } from "./gpu-covariance-sums";
import { gpuLinearAlgebra } from "./gpu-linear-algebra";
import { gpuRowProgram } from "./gpu-row-program";
import { gpuTensor } from "./gpu-tensor";
import { wrapSession } from "./session";

/**
 * onnxruntime-web's WebGPU provider and the lab's own kernels on one device. The device is the caller's; `release`
 * lets go of it without destroying it.
 */
export function createWebGpuBackend(device: GPUDevice): Backend {
  const gpu = new GpuContext(device);
  const compile: Backend["compile"] = async (graph, placement) => {
    const names = graph.outputs.map((output) => output.name);
    const preferredOutputLocation = Object.fromEntries(
      names.map((name) => {
        const place = typeof placement === "string" ? placement : (placement[name] ?? "host");
        return [name, place === "device" ? "gpu-buffer" : "cpu"] as const;
      }),
    );
    const session = await ort.InferenceSession.create(encodeOnnx(graph), {
      executionProviders: [{ name: "webgpu", device }],
      preferredOutputLocation,
      graphOptimizationLevel: "all",
    });
    return wrapSession(graph, session);
  };
  return {
    kind: "webgpu",
    compile,
    upload: (tensor) => {
      if (tensor.dtype !== "float32")
        return wrapTensor(new ort.Tensor(tensor.dtype, tensor.data, tensor.shape));
      return gpuTensor(gpu, gpu.buffers.upload("tensor", tensor.data), tensor.shape);
    },
    download: (tensor) =>
      tensor.buffer
        ? readFloats(gpu, tensor.buffer, sizeOf(tensor.shape))
        : tensor.tensor.getData().then((data) => Float32Array.from(data as Float32Array)),
    settled: () => gpu.settled(),
    linearAlgebra: gpuLinearAlgebra(gpu),
    covarianceSums: (sizes) => gpuCovarianceSums(gpu, sizes, (graph) => compile(graph, "device")),
    rowPrograms: { mostRows: Infinity, create: (sizes) => gpuRowProgram(gpu, sizes) },
    deviceBytes: () => gpu.buffers.bytes,
    release: () => {
      gpu.release();
    },
  };
}
