import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Commands } from "../../../src/gpu/commands";
import type { GpuContext } from "../../../src/gpu/device";
import { CovarianceSum } from "../../../src/gpu/linalg/covariance";
import { matmul } from "../../../src/gpu/linalg/matmul";
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

/** E[xxᵀ] in float64. */
function reference(rows: Float32Array[], d: number): Float64Array {
  const mean = new Float64Array(d * d);
  for (const x of rows) {
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) mean[i * d + j]! += (x[i]! * x[j]!) / rows.length;
  }
  return mean;
}

function rowsOf(x: Float32Array, d: number, count: number): Float32Array[] {
  return Array.from({ length: count }, (_, t) => x.subarray(t * d, (t + 1) * d));
}

function expectClose(actual: Float32Array, expected: Float64Array, tolerance: number) {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++)
    expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(tolerance);
}

async function meanOf(sum: CovarianceSum): Promise<Float32Array> {
  const mean = sum.mean();
  const values = await readFloats(gpu, mean, sum.size * sum.size);
  gpu.buffers.destroy(mean);
  return values;
}

describe("CovarianceSum", () => {
  it.each([
    [1, 1],
    [3, 5],
    [40, 64],
    [33, 65],
    [100, 130],
    [1100, 7],
  ])("of %i rows of %i elements is the float64 mean of outer products", async (rows, d) => {
    const x = normals(rows * d, rows + d);
    const buffer = gpu.buffers.upload("x", x);
    const sum = new CovarianceSum(gpu, "x", d);
    const commands = new Commands(gpu);
    sum.add(commands, { buffer, rows });
    commands.submit();
    expect(sum.count).toBe(rows);
    expectClose(await meanOf(sum), reference(rowsOf(x, d, rows), d), 2e-6);
    sum.destroy();
    gpu.buffers.destroy(buffer);
  });

  it("is exactly symmetric, and its upper triangle is that of XᵀX computed in full", async () => {
    const [rows, d] = [48, 130];
    const buffer = gpu.buffers.upload("x", normals(rows * d, 9));
    const view = { buffer, rows, columns: d };
    const sum = new CovarianceSum(gpu, "x", d);
    const full = gpu.buffers.createFloats("full", d * d);
    const commands = new Commands(gpu);
    sum.add(commands, view);
    matmul(commands, { A: view, B: view, C: full, transposeA: true, alpha: 1 });
    commands.submit();
    const upper = await readFloats(gpu, sum.sum, d * d);
    const product = await readFloats(gpu, full, d * d);
    const mean = await meanOf(sum);
    for (let i = 0; i < d; i++) {
      for (let j = i; j < d; j++) {
        expect(upper[i * d + j]).toBe(product[i * d + j]);
        expect(mean[i * d + j]).toBe(mean[j * d + i]);
      }
    }
    sum.destroy();
    gpu.buffers.destroy(buffer, full);
  });

  it("adds up over batches, and paced equals unpaced bit for bit", async () => {
    const [rows, d] = [700, 90];
    const [x, y] = [normals(rows * d, 12), normals(rows * d, 13)];
    const buffers = [gpu.buffers.upload("x", x), gpu.buffers.upload("y", y)];
    const [plain, paced] = [new CovarianceSum(gpu, "plain", d), new CovarianceSum(gpu, "paced", d)];
    const commands = new Commands(gpu);
    const pace = new Pace(gpu);
    for (const buffer of buffers) {
      plain.add(commands, { buffer, rows });
      await paced.addPaced(pace, { buffer, rows });
    }
    commands.submit();
    await pace.drain();
    const mean = await meanOf(plain);
    expect(await meanOf(paced)).toEqual(mean);
    expectClose(mean, reference([...rowsOf(x, d, rows), ...rowsOf(y, d, rows)], d), 2e-6);
    plain.destroy();
    paced.destroy();
    gpu.buffers.destroy(...buffers);
  });

  it("names rows that do not fit and a mean of nothing", () => {
    const buffer = gpu.buffers.createFloats("x", 100);
    const sum = new CovarianceSum(gpu, "layer", 10);
    const commands = new Commands(gpu);
    expect(() => sum.add(commands, { buffer, rows: 11 })).toThrow("covariance of layer: expected rows of 10");
    expect(() => sum.mean()).toThrow("covariance of layer: expected at least one row");
    sum.destroy();
    gpu.buffers.destroy(buffer);
  });
});
