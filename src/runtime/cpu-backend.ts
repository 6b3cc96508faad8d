import type { InferenceSession, InferenceSessionFactory, TensorConstructor } from "onnxruntime-common";
import { encodeOnnx } from "../graph/onnx";
import type { HostTensor } from "../tensor/host-tensor";
import type { Backend } from "./backend";
import { cpuLinearAlgebra } from "./cpu-linear-algebra";
import { hostFloats, wrapTensor, type DeviceTensor } from "./device-tensor";
import { wrapSession } from "./session";

/** What both builds of onnxruntime export. */
interface Runtime {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
}

/** A turn of the event loop: there is nothing to wait for, but messages to let in. Timers in a row wait 4 ms each. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** A CPU provider of onnxruntime with the lab's linear algebra in JavaScript; tensors lie in JavaScript memory. */
export function cpuBackend(
  kind: "wasm" | "node",
  { InferenceSession: sessions, Tensor }: Runtime,
  options: InferenceSession.SessionOptions,
): Backend {
  const upload = (tensor: HostTensor): DeviceTensor =>
    wrapTensor(new Tensor(tensor.dtype, tensor.data, tensor.shape));
  return {
    kind,
    compile: async (graph) => wrapSession(graph, await sessions.create(encodeOnnx(graph), options)),
    upload,
    download: (tensor) => Promise.resolve(Float32Array.from(hostFloats(tensor))),
    settled: turn,
    linearAlgebra: cpuLinearAlgebra(upload),
    deviceBytes: () => 0,
    release: () => undefined,
  };
}
