import type { InferenceSession, InferenceSessionFactory, TensorConstructor } from "onnxruntime-common";
import { encodeOnnx } from "../graph/onnx";
import type { Graph } from "../graph/types";
import type { HostTensor } from "../tensor/host-tensor";
import type { Backend } from "./backend";
import { cpuCovarianceSums } from "./cpu-covariance-sums";
import { cpuLinearAlgebra } from "./cpu-linear-algebra";
import { CpuProducts } from "./cpu-products";
import { cpuRowProgram } from "./cpu-row-program";
import { hostFloats, wrapTensor, type DeviceTensor } from "./device-tensor";
import { wrapSession, type Session } from "./session";
import { turn } from "./turn";

/** What both builds of onnxruntime export. */
interface Runtime {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
}

/** A CPU provider of onnxruntime with the lab's linear algebra in JavaScript; tensors lie in JavaScript memory. */
export function cpuBackend(
  kind: "wasm" | "node",
  { InferenceSession: sessions, Tensor }: Runtime,
  options: InferenceSession.SessionOptions,
): Backend {
  const upload = (tensor: HostTensor): DeviceTensor =>
    wrapTensor(new Tensor(tensor.dtype, tensor.data, tensor.shape));
  /** Resolves when the run asked for last has ended: onnxruntime in a browser runs one session at a time. */
  let last: Promise<unknown> = Promise.resolve();
  const compile = async (graph: Graph): Promise<Session> => {
    const session = wrapSession(graph, await sessions.create(encodeOnnx(graph), options));
    const run: Session["run"] = (feeds) => {
      const mine = last.then(() => session.run(feeds));
      last = mine.catch(() => undefined);
      return mine;
    };
    return { ...session, run };
  };
  return {
    kind,
    compile,
    upload,
    download: (tensor) => Promise.resolve(Float32Array.from(hostFloats(tensor))),
    settled: turn,
    linearAlgebra: cpuLinearAlgebra(upload, new CpuProducts(compile, upload)),
    covarianceSums: (sizes) => cpuCovarianceSums(upload, sizes, compile),
    // In a browser every run copies all weights and packs them anew: for few rows that takes longer than the products.
    rowPrograms: { mostRows: kind === "wasm" ? 4 : 0, create: cpuRowProgram },
    deviceBytes: () => 0,
    release: () => undefined,
  };
}
