import type { Graph } from "../graph/types";
import type { HostTensor } from "../tensor/host-tensor";
import type { CovarianceSums } from "./covariance-sums";
import type { DeviceTensor } from "./device-tensor";
import type { LinearAlgebra } from "./linear-algebra";
import type { RowPrograms } from "./row-program";
import type { Session } from "./session";

/** Which outputs of a session stay on the device; the others are read back. */
export type OutputPlacement = "device" | "host";

/** Where models run. WebGPU is the product; the others compute the same on the CPU. */
export interface Backend {
  readonly kind: "webgpu" | "wasm" | "node";
  compile(
    graph: Graph,
    placement: Readonly<Record<string, OutputPlacement>> | OutputPlacement,
  ): Promise<Session>;
  /** Copies a host tensor to the device. */
  upload(tensor: HostTensor): DeviceTensor;
  download(tensor: DeviceTensor): Promise<Float32Array<ArrayBuffer>>;
  /** Resolves when all work submitted so far is done, and lets messages in meanwhile. */
  settled(): Promise<void>;
  readonly linearAlgebra: LinearAlgebra;
  /** Sums of these sizes over rows of graph outputs, by the outputs' names; all at 0. */
  covarianceSums(sizes: ReadonlyMap<string, number>): CovarianceSums;
  readonly rowPrograms: RowPrograms;
  /** Bytes of device memory the lab holds (its own buffers; onnxruntime's are not counted). */
  deviceBytes(): number;
  release(): void;
}
