import { beforeAll, describe, expect, it } from "vitest";
import type { GpuContext } from "../../src/gpu/device";
import { readFloats } from "../../src/gpu/readback";
import { cpuRowProgram } from "../../src/runtime/cpu-row-program";
import { hostFloats, wrapTensor, type DeviceTensor } from "../../src/runtime/device-tensor";
import { gpuRowProgram } from "../../src/runtime/gpu-row-program";
import { gpuTensor } from "../../src/runtime/gpu-tensor";
import type { RowProgram, RowProgramSizes, Rows, RowToken } from "../../src/runtime/row-program";
import type { Shape } from "../../src/tensor/shape";
import { sizeOf } from "../../src/tensor/shape";
import { RandomStream } from "../../src/tensor/random";
import { Tensor } from "onnxruntime-web/webgpu";
import { gpuContext, normals } from "../support/gpu";

/** WGSL against the CPU's program, whose formulas have their own tests; on a device with default limits. */

let gpu: GpuContext;
beforeAll(async () => {
  gpu = await gpuContext("default");
});

type Upload = (name: string, shape: Shape) => DeviceTensor;
type Build = (program: RowProgram, tensor: Upload) => Rows;

const vocabulary = 19;

function sizesOf(rows: number, heads: readonly [number, number, number], capacity: number): RowProgramSizes {
  const [all, keyValueHeads, headSize] = heads;
  const table = (seed: number) => normals(capacity * headSize, seed);
  return { rows, heads: all, keyValueHeads, headSize, capacity, cosines: table(81), sines: table(82) };
}

/** What the program reads back, and what became of the tensors it was given. */
interface Outcome {
  readonly read: Float32Array;
  readonly tensors: ReadonlyMap<string, Float32Array>;
}

async function outcome(
  program: RowProgram,
  upload: (shape: Shape, data: Float32Array<ArrayBuffer>) => DeviceTensor,
  download: (tensor: DeviceTensor) => Promise<Float32Array>,
  build: Build,
  runs: readonly (readonly RowToken[])[],
): Promise<Outcome> {
  const tensors = new Map<string, DeviceTensor>();
  const read = build(program, (name, shape) => {
    const known = tensors.get(name);
    if (known) return known;
    const made = upload(shape, normals(sizeOf(shape), 11 + tensors.size));
    tensors.set(name, made);
    return made;
  });
  let values: Float32Array = new Float32Array();
  for (const tokens of runs) values = await program.run(tokens, read);
  const after = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) after.set(name, Float32Array.from(await download(tensor)));
  program.release();
  for (const tensor of tensors.values()) tensor.release();
  return { read: values, tensors: after };
}

function expectNear(actual: Float32Array, expected: Float32Array, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(actual[i]! - value)), 0);
  expect(largest, what).toBeGreaterThan(0);
  expect(worst / largest, what).toBeLessThan(3e-6);
}

async function expectAlike(sizes: RowProgramSizes, build: Build, runCount = 1): Promise<void> {
  const stream = new RandomStream(sizes.rows);
  const runs = Array.from({ length: runCount }, () =>
    Array.from({ length: sizes.rows }, () => ({
      token: stream.integer(vocabulary),
      position: stream.integer(sizes.capacity),
    })),
  );
  const bytes = gpu.buffers.bytes;
  const onGpu = await outcome(
    gpuRowProgram(gpu, sizes),
    (shape, data) => gpuTensor(gpu, gpu.buffers.upload("tensor", data), shape),
    (tensor) => readFloats(gpu, tensor.buffer!, sizeOf(tensor.shape)),
    build,
    runs,
  );
  await gpu.settled();
  expect(gpu.buffers.bytes).toBe(bytes);
  const onCpu = await outcome(
    cpuRowProgram(sizes),
    (shape, data) => wrapTensor(new Tensor("float32", data, shape)),
    (tensor) => Promise.resolve(hostFloats(tensor)),
    build,
    runs,
  );
  expectNear(onGpu.read, onCpu.read, "what was read");
  for (const [name, values] of onCpu.tensors) expectNear(onGpu.tensors.get(name)!, values, name);
}

describe.each([1, 2, 4, 7])("a program of %i rows", (rows) => {
  const plain = sizesOf(rows, [1, 1, 2], 4);

  it.each([
    [128, [16]],
    [30, [5, 17, 3]],
    [7, [70]],
    [3, [1, 2]],
  ] as [number, number[]][])("multiplies tokens of %i entries by matrices of %j outputs", (width, outputs) =>
    expectAlike(plain, (program, tensor) => {
      const x = program.rows(width);
      const y = program.rows(outputs.reduce((sum, count) => sum + count, 0));
      program.embed(tensor("table", [vocabulary, width]), x);
      const weights = outputs.map((count, i) => tensor(`weight ${i}`, [count, width]));
      program.products(x, weights, y);
      return y;
    }),
  );

  it.each([
    [64, 24],
    [10, 13],
  ])("gates products of %i entries with %i outputs", (width, outputs) =>
    expectAlike(plain, (program, tensor) => {
      const [x, y] = [program.rows(width), program.rows(outputs)];
      program.embed(tensor("table", [vocabulary, width]), x);
      program.gatedProducts(x, tensor("gate", [outputs, width]), tensor("up", [outputs, width]), y);
      return y;
    }),
  );

  it.each([3, 64, 150])("normalizes and adds rows of %i", (width) =>
    expectAlike(plain, (program, tensor) => {
      const [x, y] = [program.rows(width), program.rows(width)];
      program.embed(tensor("table", [vocabulary, width]), x);
      program.normalize(x, tensor("first", [width]), 0.01, y, "set");
      program.normalize(x, tensor("second", [width]), 0.02, y, "add");
      return y;
    }),
  );

  it.each<[readonly [number, number, number], number]>([
    [[4, 4, 32], 112],
    [[5, 1, 6], 9],
    [[6, 3, 4], 200],
    [[2, 1, 130], 70],
  ])("attends with %j heads, key heads and entries over %i positions", (heads, capacity) => {
    const sizes = sizesOf(rows, heads, capacity);
    const [all, shared, size] = heads;
    return expectAlike(
      sizes,
      (program, tensor) => {
        const qkv = program.rows((all + 2 * shared) * size);
        const mixed = program.rows(all * size);
        program.embed(tensor("table", [vocabulary, qkv.width]), qkv);
        const shape = [rows, shared, capacity, size];
        program.attention(
          qkv,
          {
            queryWeight: tensor("query norm", [all * size]),
            keyWeight: tensor("key norm", [shared * size]),
            epsilon: 0.01,
          },
          { keys: tensor("keys", shape), values: tensor("values", shape) },
          mixed,
        );
        return mixed;
      },
      2,
    );
  });
});

it("refuses another number of tokens than rows, and positions behind the caches", async () => {
  const program = gpuRowProgram(gpu, sizesOf(2, [1, 1, 2], 4));
  const read = program.rows(1);
  const at = (position: number): RowToken => ({ token: 0, position });
  await expect(program.run([at(0)], read)).rejects.toThrow("expected 2 tokens, got 1");
  await expect(program.run([at(0), at(4)], read)).rejects.toThrow("position 4 is not below the capacity 4");
  program.release();
});
