import * as ort from "onnxruntime-node";
import { encodeOnnx } from "../graph/onnx";
import type { Backend } from "./backend";
import { hostFloats, wrapTensor } from "./device-tensor";
import { wrapSession } from "./session";

export interface NodeOptions {
  /** Threads of one operator; 1 is the most economical for small models. */
  readonly threads?: number;
}

/** onnxruntime's CPU provider in Node: training, the command line, and the reference of the tests. */
export function createNodeBackend({ threads = 1 }: NodeOptions = {}): Backend {
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
    upload: (tensor) => wrapTensor(new ort.Tensor(tensor.dtype, tensor.data, tensor.shape)),
    write: (target, data) => {
      hostFloats(target).set(data);
    },
    download: (tensor) => Promise.resolve(Float32Array.from(hostFloats(tensor))),
  };
}
