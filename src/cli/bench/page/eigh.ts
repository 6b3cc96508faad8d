import type { Backend } from "../../../runtime/backend";
import type { DeviceTensor } from "../../../runtime/device-tensor";
import { float32 } from "../../../tensor/host-tensor";
import { covarianceMatrix } from "../covariance-matrix";
import type { Task } from "../plan";
import { openJax } from "./jax";
import type { Prepared } from "./prepared";

/** Eigenvalues read back, eigenvectors where the solver leaves them; once per measurement. */
export async function prepareEigh(
  backend: Backend,
  { by, size }: Extract<Task, { kind: "eigh" }>,
): Promise<Prepared> {
  const values = covarianceMatrix(size);
  if (by === "jax-js wasm" || by === "jax-js webgpu") {
    return jaxEigh(by === "jax-js wasm" ? "wasm" : "webgpu", values, size);
  }
  if (by !== "eigenband" && by !== "eigenband on wasm")
    throw new Error(`bench: ${by} does not run in the page`);
  const matrix = backend.upload(float32([size, size], values));
  const solve = async (one: DeviceTensor): Promise<void> => {
    const [result] = await backend.linearAlgebra.eigh([{ name: "bench", matrix: one }], {});
    result?.vectors.release();
  };
  // The smallest problem that compiles every kernel.
  const small = backend.upload(float32([64, 64], covarianceMatrix(64)));
  await solve(small);
  small.release();
  return {
    execute: () => solve(matrix),
    repeats: 1,
    release: () => {
      matrix.release();
      return Promise.resolve();
    },
  };
}

async function jaxEigh(
  device: "wasm" | "webgpu",
  values: Float32Array<ArrayBuffer>,
  size: number,
): Promise<Prepared> {
  const { numpy, defaultDevice } = await openJax(device);
  const matrix = numpy.array(values).reshape([size, size]);
  return {
    execute: async () => {
      defaultDevice(device);
      const [eigenvalues, eigenvectors] = numpy.linalg.eigh(matrix.ref);
      await eigenvectors.blockUntilReady();
      await eigenvalues.data();
      eigenvectors.dispose();
    },
    repeats: 1,
    release: () => {
      matrix.dispose();
      return Promise.resolve();
    },
  };
}
