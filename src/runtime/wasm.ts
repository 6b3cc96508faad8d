import * as ort from "onnxruntime-web/webgpu";
import { encodeOnnx } from "../graph/onnx";
import type { HostTensor } from "../tensor/host-tensor";
import type { Backend } from "./backend";
import { cpuLinearAlgebra } from "./cpu-linear-algebra";
import { hostFloats, wrapTensor, type DeviceTensor } from "./device-tensor";
import { wrapSession } from "./session";

/**
 * onnxruntime-web's CPU provider with the lab's linear algebra in JavaScript: for browsers without WebGPU. Threads are
 * used where the page is cross-origin isolated. It is the same WebAssembly file as WebGPU's, so nothing more is loaded.
 */
export function createWasmBackend(threads: number): Backend {
  ort.env.wasm.numThreads = threads;
  const upload = (tensor: HostTensor): DeviceTensor =>
    wrapTensor(new ort.Tensor(tensor.dtype, tensor.data, tensor.shape));
  return {
    kind: "wasm",
    compile: async (graph) =>
      wrapSession(
        graph,
        await ort.InferenceSession.create(encodeOnnx(graph), {
          executionProviders: ["wasm"],
          graphOptimizationLevel: "all",
        }),
      ),
    upload,
    write: (target, data) => {
      hostFloats(target).set(data);
    },
    download: (tensor) => Promise.resolve(Float32Array.from(hostFloats(tensor))),
    copy: (source, target) => {
      hostFloats(target).set(hostFloats(source));
    },
    settled: () => new Promise((resolve) => setTimeout(resolve, 0)),
    linearAlgebra: cpuLinearAlgebra(upload),
    deviceBytes: () => 0,
    release: () => undefined,
  };
}
