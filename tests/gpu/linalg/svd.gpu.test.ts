import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Commands } from "../../../src/gpu/commands";
import type { GpuContext } from "../../../src/gpu/device";
import { svd, truncate } from "../../../src/gpu/linalg/svd";
import { readFloats } from "../../../src/gpu/readback";
import { singularValues } from "../../support/float64-eigen";
import { normals, sharedGpu } from "../../support/gpu";
import { orthonormalRows } from "../../support/spectra";

let gpu: GpuContext;
let bytesBefore: number;
beforeAll(async () => {
  gpu = await sharedGpu();
  bytesBefore = gpu.buffers.bytes;
});
afterEach(() => {
  expect(gpu.buffers.bytes).toBe(bytesBefore);
});

/** W [m, n] = Σ σᵢ uᵢ vᵢᵀ with random orthonormal u, v, rounded to float32. */
function withSingularValues(m: number, n: number, sigma: readonly number[]): Float32Array<ArrayBuffer> {
  const U = orthonormalRows(sigma.length, m, 21);
  const V = orthonormalRows(sigma.length, n, 22);
  return Float32Array.from({ length: m * n }, (_, at) => {
    const [row, column] = [Math.floor(at / n), at % n];
    return sigma.reduce((sum, s, i) => sum + s * U[i * m + row]! * V[i * n + column]!, 0);
  });
}

function geometric(count: number, condition: number): number[] {
  return Array.from({ length: count }, (_, i) => condition ** (-i / Math.max(1, count - 1)));
}

function largestDeviation(rows: Float32Array, count: number, length: number): number {
  let most = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let inner = i === j ? -1 : 0;
      for (let k = 0; k < length; k++) inner += rows[i * length + k]! * rows[j * length + k]!;
      most = Math.max(most, Math.abs(inner));
    }
  }
  return most;
}

async function solve(W: Float32Array<ArrayBuffer>, m: number, n: number, keep = 0) {
  const scratch = gpu.buffers.scratch();
  const buffer = scratch.upload("W", W);
  const [triplets] = await svd(gpu, [{ name: "W", rows: m, columns: n, buffer }]);
  const { left, right, count, values } = triplets!;
  scratch.hold(left);
  scratch.hold(right);
  const target = scratch.createFloats("truncated", m * n);
  const commands = new Commands(gpu);
  truncate(commands, triplets!, buffer, keep, target);
  commands.submit();
  const result = {
    values,
    count,
    U: await readFloats(gpu, left, count * m),
    V: await readFloats(gpu, right, count * n),
    truncated: await readFloats(gpu, target, m * n),
  };
  scratch.destroy();
  return result;
}

const norm = (x: ArrayLike<number>) => Math.sqrt(Array.from(x).reduce((sum, v) => sum + v * v, 0));

describe("svd", () => {
  it.each([
    [1, 1, 1],
    [5, 9, 10],
    [60, 100, 1000],
    [100, 60, 1000],
    [70, 70, 1000],
  ])(
    "of %i×%i with condition %i: σ within 1e-5, both bases orthonormal, product W",
    async (m, n, condition) => {
      const W = withSingularValues(m, n, geometric(Math.min(m, n), condition));
      const { values, U, V, count } = await solve(W, m, n);
      const expected = singularValues(Float64Array.from(W), m, n);
      for (let i = 0; i < count; i++)
        expect(Math.abs(values[i]! / expected[i]! - 1)).toBeLessThanOrEqual(1e-5);
      expect(largestDeviation(U, count, m)).toBeLessThanOrEqual(1e-6);
      expect(largestDeviation(V, count, n)).toBeLessThanOrEqual(1e-6);
      const product = W.map((w, at) => {
        let sum = w;
        for (let i = 0; i < count; i++)
          sum -= values[i]! * U[i * m + Math.floor(at / n)]! * V[i * n + (at % n)]!;
        return sum;
      });
      expect(norm(product) / norm(W)).toBeLessThanOrEqual(5e-6);
    },
  );

  it.each([
    [60, 100, 20],
    [100, 60, 20],
    [64, 64, 63],
  ])("truncating %i×%i to %i values is within 1e-6 of the best approximation", async (m, n, keep) => {
    const W = withSingularValues(m, n, geometric(Math.min(m, n), 100));
    const { truncated } = await solve(W, m, n, keep);
    const best = norm(singularValues(Float64Array.from(W), m, n).slice(keep));
    const error = norm(W.map((w, at) => w - truncated[at]!));
    expect(Math.abs(error - best) / norm(W)).toBeLessThanOrEqual(1e-6);
  });

  it("of a matrix of low rank keeps the square basis complete", async () => {
    const W = withSingularValues(40, 90, [3, 2, 1]);
    const { values, U, truncated } = await solve(W, 40, 90, 3);
    expect(largestDeviation(U, 40, 40)).toBeLessThanOrEqual(1e-6);
    for (let i = 3; i < 40; i++) expect(values[i]!).toBeLessThan(1e-6);
    expect(norm(W.map((w, at) => w - truncated[at]!)) / norm(W)).toBeLessThanOrEqual(1e-6);
  });

  it("of zeros is zero, with a complete square basis", async () => {
    const { values, U, V } = await solve(new Float32Array(6 * 8), 6, 8, 2);
    expect(values).toEqual(new Float32Array(6));
    expect(largestDeviation(U, 6, 6)).toBe(0);
    expect(V).toEqual(new Float32Array(6 * 8));
  });

  it("names a matrix with NaN and stops at an abort", async () => {
    const W = normals(30 * 30, 4);
    const buffer = gpu.buffers.upload("W", W);
    const matrix = { name: "layer.0", rows: 30, columns: 30, buffer };
    await expect(svd(gpu, [matrix], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
    gpu.device.queue.writeBuffer(buffer, 400, new Float32Array([Number.NaN]));
    await expect(svd(gpu, [matrix])).rejects.toMatchObject({ matrix: "layer.0", fault: "not-finite" });
    gpu.buffers.destroy(buffer);
  });
});
