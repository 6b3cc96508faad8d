import { Commands } from "../../../gpu/commands";
import type { GpuContext } from "../../../gpu/device";
import { CovarianceSum } from "../../../gpu/linalg/covariance";
import { matmul } from "../../../gpu/linalg/matmul";
import { GraphBuilder } from "../../../graph/builder";
import type { Backend } from "../../../runtime/backend";
import type { DeviceTensor } from "../../../runtime/device-tensor";
import { float32 } from "../../../tensor/host-tensor";
import { uniformAt } from "../../../tensor/random";
import type { Task } from "../plan";
import { openGpu } from "./gpu";
import { openJax } from "./jax";
import { repeated, type Prepared } from "./prepared";

export function randomFloats(count: number, stream: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, i) => uniformAt(stream, i) - 0.5);
}

function upload(backend: Backend, rows: number, columns: number, stream: number): DeviceTensor {
  return backend.upload(float32([rows, columns], randomFloats(rows * columns, stream)));
}

export async function prepareMatmul(
  backend: Backend,
  { by, size }: Extract<Task, { kind: "matmul" }>,
): Promise<Prepared> {
  if (by === "jax-js") return jaxMatmul(size);
  if (by === "eigenband") return ownMatmul(await openGpu(), size);
  const a = upload(backend, size, size, 1);
  const b = upload(backend, size, size, 2);
  const multiply = await onnxMatmul(backend, a, b);
  return repeated(multiply.execute, async () => {
    a.release();
    b.release();
    await multiply.release();
  });
}

function ownMatmul(gpu: GpuContext, size: number): Promise<Prepared> {
  const buffers = gpu.buffers.scratch();
  const A = { buffer: buffers.upload("A", randomFloats(size * size, 1)), rows: size, columns: size };
  const B = { buffer: buffers.upload("B", randomFloats(size * size, 2)), rows: size, columns: size };
  const C = buffers.createFloats("C", size * size);
  const execute = async (times: number): Promise<void> => {
    const commands = new Commands(gpu);
    for (let i = 0; i < times; i++) matmul(commands, { A, B, C });
    commands.submit();
    await gpu.settled();
  };
  return repeated(execute, () => {
    buffers.destroy();
    return Promise.resolve();
  });
}

async function onnxMatmul(backend: Backend, a: DeviceTensor, b: DeviceTensor) {
  const builder = new GraphBuilder();
  const product = builder.matmul(builder.input("a", a.shape), builder.input("b", b.shape));
  const session = await backend.compile(builder.build("matmul", { product }), "device");
  return {
    execute: async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        for (const output of Object.values(await session.run({ a, b }))) output.release();
      }
      await backend.settled();
    },
    release: () => session.release(),
  };
}

async function jaxMatmul(size: number): Promise<Prepared> {
  const { numpy } = await openJax("webgpu");
  const a = numpy.array(randomFloats(size * size, 1)).reshape([size, size]);
  const b = numpy.array(randomFloats(size * size, 2)).reshape([size, size]);
  const execute = async (times: number): Promise<void> => {
    // Its queue is in order: the last product is there when all are.
    let last = numpy.matmul(a.ref, b.ref);
    for (let i = 1; i < times; i++) {
      last.dispose();
      last = numpy.matmul(a.ref, b.ref);
    }
    await last.blockUntilReady();
    last.dispose();
  };
  return repeated(execute, () => {
    a.dispose();
    b.dispose();
    return Promise.resolve();
  });
}

/** Both write into memory that is there already; neither reads anything back. */
export async function prepareCovariance({
  by,
  rows,
  size,
}: Extract<Task, { kind: "covariance" }>): Promise<Prepared> {
  const gpu = await openGpu();
  const buffers = gpu.buffers.scratch();
  const x = { buffer: buffers.upload("X", randomFloats(rows * size, 3)), rows, columns: size };
  const C = buffers.createFloats("XᵀX", size * size);
  const sum = new CovarianceSum(gpu, "bench", size);
  const execute = async (times: number): Promise<void> => {
    const commands = new Commands(gpu);
    for (let i = 0; i < times; i++) {
      if (by === "covariance") sum.add(commands, x);
      else matmul(commands, { A: x, B: x, C, transposeA: true });
    }
    commands.submit();
    await gpu.settled();
  };
  return repeated(execute, () => {
    buffers.destroy();
    sum.destroy();
    return Promise.resolve();
  });
}
