import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Commands } from "../../../src/gpu/commands";
import type { GpuContext } from "../../../src/gpu/device";
import { matmul, pacedMatmul } from "../../../src/gpu/linalg/matmul";
import { Pace } from "../../../src/gpu/pace";
import { readFloats } from "../../../src/gpu/readback";
import { normals, sharedGpu } from "../../support/gpu";

let gpu: GpuContext;
let bytesBefore: number;
beforeAll(async () => {
  gpu = await sharedGpu();
  bytesBefore = gpu.buffers.bytes;
});
afterEach(() => {
  expect(gpu.buffers.bytes).toBe(bytesBefore);
});

interface Case {
  m: number;
  n: number;
  k: number;
  transposeA: boolean;
  transposeB: boolean;
}

/** Float64 product by definition, and Σ|a·b| per entry, which bounds the rounding of float32. */
function reference(A: Float32Array, B: Float32Array, { m, n, k, transposeA, transposeB }: Case) {
  const product = new Float64Array(m * n);
  const bound = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < k; l++) {
        const term =
          (transposeA ? A[l * m + i]! : A[i * k + l]!) * (transposeB ? B[j * k + l]! : B[l * n + j]!);
        product[i * n + j]! += term;
        bound[i * n + j]! += Math.abs(term);
      }
    }
  }
  return { product, bound };
}

const sizes = [
  [1, 1, 1],
  [64, 64, 64],
  [65, 1, 17],
  [3, 130, 67],
  [127, 66, 33],
] as const;
const modes = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
const cases: Case[] = sizes.flatMap(([m, n, k]) =>
  modes.map(([transposeA, transposeB]) => ({ m, n, k, transposeA, transposeB })),
);

describe("matmul", () => {
  it.each(cases)(
    "$m×$k times $k×$n, transposed $transposeA and $transposeB, is the float64 product",
    async (shape) => {
      const { m, n, k, transposeA, transposeB } = shape;
      const a = normals(m * k, 1);
      const b = normals(k * n, 2);
      const scratch = gpu.buffers.scratch();
      const A = { buffer: scratch.upload("A", a), rows: transposeA ? k : m, columns: transposeA ? m : k };
      const B = { buffer: scratch.upload("B", b), rows: transposeB ? n : k, columns: transposeB ? k : n };
      const C = scratch.createFloats("C", m * n);
      const commands = new Commands(gpu);
      matmul(commands, { A, B, C, transposeA, transposeB });
      commands.submit();
      const c = await readFloats(gpu, C, m * n);
      scratch.destroy();
      const { product, bound } = reference(a, b, shape);
      for (let i = 0; i < m * n; i++)
        expect(Math.abs(c[i]! - product[i]!)).toBeLessThanOrEqual(1e-6 * bound[i]! + 1e-30);
    },
  );

  it("scales by alpha and adds beta times what C held", async () => {
    const scratch = gpu.buffers.scratch();
    const A = { buffer: scratch.upload("A", new Float32Array([1, 2, 3])), rows: 1, columns: 3 };
    const B = { buffer: scratch.upload("B", new Float32Array([4, 5, 6])), rows: 3, columns: 1 };
    const C = scratch.upload("C", new Float32Array([10]));
    const commands = new Commands(gpu);
    matmul(commands, { A, B, C, alpha: 0.5, beta: -2 });
    commands.submit();
    expect(await readFloats(gpu, C, 1)).toEqual(new Float32Array([16 - 20]));
    scratch.destroy();
  });

  it("does not read C when beta is 0", async () => {
    const scratch = gpu.buffers.scratch();
    const one = { buffer: scratch.upload("one", new Float32Array([1])), rows: 1, columns: 1 };
    const C = scratch.upload("C", new Float32Array([Number.NaN]));
    const commands = new Commands(gpu);
    matmul(commands, { A: one, B: one, C });
    commands.submit();
    expect((await readFloats(gpu, C, 1))[0]).toBe(1);
    scratch.destroy();
  });

  it("takes every third row of a buffer from an offset", async () => {
    const scratch = gpu.buffers.scratch();
    const buffer = scratch.upload(
      "X",
      Float32Array.from({ length: 20 }, (_, i) => i),
    );
    const rows = { buffer, rows: 3, columns: 2, offset: 1, rowStride: 6 }; // (1, 2), (7, 8), (13, 14)
    const ones = { buffer: scratch.upload("ones", new Float32Array([1, 1])), rows: 2, columns: 1 };
    const C = scratch.createFloats("C", 3);
    const commands = new Commands(gpu);
    matmul(commands, { A: rows, B: ones, C });
    commands.submit();
    expect(await readFloats(gpu, C, 3)).toEqual(new Float32Array([3, 15, 27]));
    scratch.destroy();
  });

  it("in paced strips equals one dispatch bit for bit", async () => {
    const [m, n, k] = [300, 130, 400];
    const scratch = gpu.buffers.scratch();
    const A = { buffer: scratch.upload("A", normals(m * k, 3)), rows: m, columns: k };
    const B = { buffer: scratch.upload("B", normals(k * n, 4)), rows: k, columns: n };
    const [whole, strips] = [scratch.createFloats("whole", m * n), scratch.createFloats("strips", m * n)];
    const commands = new Commands(gpu);
    matmul(commands, { A, B, C: whole });
    commands.submit();
    const pace = new Pace(gpu);
    await pacedMatmul(pace, { A, B, C: strips });
    await pace.drain();
    expect(await readFloats(gpu, strips, m * n)).toEqual(await readFloats(gpu, whole, m * n));
    scratch.destroy();
  });

  it("names sizes that do not fit", () => {
    const scratch = gpu.buffers.scratch();
    const buffer = scratch.createFloats("small", 12);
    const view = { buffer, rows: 3, columns: 4 };
    const commands = new Commands(gpu);
    expect(() => matmul(commands, { A: view, B: view, C: buffer })).toThrow(
      "matching inner sizes, got 3×4 times 3×4",
    );
    expect(() => matmul(commands, { A: { ...view, rows: 4 }, B: view, C: buffer })).toThrow(
      "buffer small, which holds 12",
    );
    scratch.destroy();
  });
});
