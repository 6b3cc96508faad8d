import * as ort from "onnxruntime-node";
import { encodeOnnx } from "../graph/onnx";
import type { HostTensor } from "../tensor/host-tensor";
import type { Backend } from "./backend";
import { cpuLinearAlgebra } from "./cpu-linear-algebra";
import { hostFloats, wrapTensor, type DeviceTensor } from "./device-tensor";
import { wrapSession } from "./session";

export interface NodeOptions {
  /** Threads of one operator; 1 is the most economical for small models. */
  readonly threads?: number;
}

/** onnxruntime's CPU provider in Node: training, the command line, and the reference of the tests. */
export function createNodeBackend({ threads = 1 }: NodeOptions = {}): Backend {
  const upload = (tensor: HostTensor): DeviceTensor =>
    wrapTensor(new ort.Tensor(tensor.dtype, tensor.data, tensor.shape));
  return {
    kind: "node",
    compile: async (graph) => {
      const session = await ort.InferenceSession.create(encodeOnnx(graph), {
        executionProviders: ["cpu"],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: "sequential",
        graphOptimizationLevel: "all",
      });
      return wrapSession(graph, session);
    },
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
