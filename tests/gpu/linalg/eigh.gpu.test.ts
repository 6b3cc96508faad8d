import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Commands } from "../../../src/gpu/commands";
import type { GpuContext } from "../../../src/gpu/device";
import { eigh, type EighOptions, type EighProgress } from "../../../src/gpu/linalg/eigh";
import { matmul } from "../../../src/gpu/linalg/matmul";
import { readFloats } from "../../../src/gpu/readback";
import { symmetricEigenvalues } from "../../support/float64-eigen";
import { gpuContext, normals, sharedGpu } from "../../support/gpu";
import { spectrumKinds, testMatrix, type TestMatrix } from "../../support/spectra";

interface Solved {
  readonly values: Float32Array;
  readonly vectors: Float32Array;
  readonly sweeps: number;
}

/** Uploads, decomposes and reads back; every buffer is destroyed. */
async function solve(
  gpu: GpuContext,
  matrices: Record<string, Float32Array<ArrayBuffer>>,
  options?: EighOptions,
) {
  const inputs = Object.entries(matrices).map(([name, data]) => {
    return { name, size: Math.sqrt(data.length), buffer: gpu.buffers.upload(name, data) };
  });
  try {
    const solved: Solved[] = [];
    for (const { values, vectors, sweeps, size } of await eigh(gpu, inputs, options)) {
      solved.push({ values, vectors: await readFloats(gpu, vectors, size * size), sweeps });
      gpu.buffers.destroy(vectors);
    }
    return solved;
  } finally {
    gpu.buffers.destroy(...inputs.map(({ buffer }) => buffer));
  }
}

/** Errors of eigenpairs, with float64 arithmetic. */
function errorsOf({ values, vectors }: Solved, { float64: A }: TestMatrix) {
  const n = values.length;
  const expected = symmetricEigenvalues(A, n);
  let [orthogonality, residual, norm, eigenvalue] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let inner = i === j ? -1 : 0;
      let image = -values[i]! * vectors[i * n + j]!;
      for (let k = 0; k < n; k++) {
        inner += vectors[i * n + k]! * vectors[j * n + k]!;
        image += A[j * n + k]! * vectors[i * n + k]!;
      }
      orthogonality = Math.max(orthogonality, Math.abs(inner));
      residual += image ** 2;
      norm += A[i * n + j]! ** 2;
    }
    eigenvalue = Math.max(eigenvalue, Math.abs(values[i]! - Math.max(0, expected[i]!)));
  }
  const scale = norm > 0 ? Math.sqrt(norm) : 1;
  return {
    orthogonality,
    residual: Math.sqrt(residual) / scale,
    eigenvalue: eigenvalue / (expected[0]! > 0 ? expected[0]! : 1),
  };
}

function expectAccurate(solved: Solved, matrix: TestMatrix) {
  const { orthogonality, residual, eigenvalue } = errorsOf(solved, matrix);
  expect(orthogonality).toBeLessThanOrEqual(3e-6);
  expect(residual).toBeLessThanOrEqual(1e-5);
  expect(eigenvalue).toBeLessThanOrEqual(2e-6);
  for (let i = 1; i < solved.values.length; i++)
    expect(solved.values[i]!).toBeLessThanOrEqual(solved.values[i - 1]!);
  expect(solved.values.at(-1)!).toBeGreaterThanOrEqual(0);
}

/** The first solve on a device compiles a dozen kernels: seconds each on a software adapter that shares its cores. */
const compileAndSolve = 240_000;

let gpu: GpuContext;
beforeAll(async () => {
  gpu = await sharedGpu();
});

let bytesBefore = 0;
beforeAll(() => {
  bytesBefore = gpu.buffers.bytes;
});
afterEach(() => {
  expect(gpu.buffers.bytes).toBe(bytesBefore);
});

describe("eigh of nine kinds of spectra in one batch, size 100", () => {
  const matrices = Object.fromEntries(spectrumKinds.map((kind) => [kind, testMatrix(kind, 100)]));
  const data = Object.fromEntries(Object.entries(matrices).map(([kind, { float32 }]) => [kind, float32]));
  const progress: EighProgress[] = [];
  let solved: Record<string, Solved>;
  beforeAll(async () => {
    const results = await solve(gpu, data, { onProgress: (event) => progress.push(event) });
    solved = Object.fromEntries(spectrumKinds.map((kind, i) => [kind, results[i]!]));
  }, compileAndSolve);

  it.each(spectrumKinds)(
    "%s: orthonormal to 3e-6, residual within 1e-5, values within 2e-6 of float64",
    (kind) => {
      expectAccurate(solved[kind]!, matrices[kind]!);
      expect(solved[kind]!.sweeps).toBeLessThanOrEqual(11);
    },
  );

  it.each(spectrumKinds)("%s: a residual that larger sizes can afford, within 1.5e-7·√size", (kind) => {
    const { residual } = errorsOf(solved[kind]!, matrices[kind]!);
    expect(residual).toBeLessThanOrEqual(1.5e-7 * Math.sqrt(100));
  });

  it("identity and zero are exact", () => {
    expect(solved.identity!.values).toEqual(new Float32Array(100).fill(1));
    expect(solved.zero!.values).toEqual(new Float32Array(100));
    for (const kind of ["identity", "zero"]) expect(solved[kind]!.vectors).toEqual(data.identity);
  });

  it("tells of every sweep until no pair is rotated", () => {
    expect(progress.map(({ sweep }) => sweep)).toEqual(progress.map((_, i) => i + 1));
    expect(progress.at(-1)!.activePairs).toBe(0);
    expect(progress.at(-1)!.share).toBe(1);
    expect(progress.at(-1)!.maxCosine).toBeLessThan(5e-6);
    for (let i = 1; i < progress.length; i++)
      expect(progress[i]!.share).toBeGreaterThan(progress[i - 1]!.share);
  });

  it("gives a matrix the same bits alone", async () => {
    const [alone] = await solve(gpu, { activations: data.activations! });
    expect(alone!.values).toEqual(solved.activations!.values);
    expect(alone!.vectors).toEqual(solved.activations!.vectors);
  });

  it("eigenvectors carry a matrix to coefficients and back within 2e-6", async () => {
    const n = 100;
    const w = normals(n * n, 5);
    const scratch = gpu.buffers.scratch();
    const view = (buffer: GPUBuffer) => ({ buffer, rows: n, columns: n });
    const UG = view(scratch.upload("UG", Float32Array.from(solved.wishart!.vectors)));
    const UA = view(scratch.upload("UA", Float32Array.from(solved["power-law"]!.vectors)));
    const W = view(scratch.upload("W", w));
    const [left, C, back] = [0, 1, 2].map(() => view(scratch.createFloats("product", n * n)));
    const commands = new Commands(gpu);
    matmul(commands, { A: UG, B: W, C: left!.buffer });
    matmul(commands, { A: left!, B: UA, C: C!.buffer, transposeB: true });
    matmul(commands, { A: UG, B: C!, C: left!.buffer, transposeA: true });
    matmul(commands, { A: left!, B: UA, C: back!.buffer });
    commands.submit();
    const result = await readFloats(gpu, back!.buffer, n * n);
    scratch.destroy();
    const norm = (x: Float32Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
    expect(norm(result.map((v, i) => v - w[i]!)) / norm(w)).toBeLessThanOrEqual(2e-6);
  });
});

describe("eigh", () => {
  it("solves sizes 1, 2, 7 and 129 together", async () => {
    const matrices = [1, 2, 7, 129].map((n) => testMatrix("wishart", n, n));
    const solved = await solve(
      gpu,
      Object.fromEntries(matrices.map(({ float32 }, i) => [`m${String(i)}`, float32])),
    );
    for (const [i, matrix] of matrices.entries()) expectAccurate(solved[i]!, matrix);
  });

  it("with `precise` leaves a smaller residual", async () => {
    const matrix = testMatrix("power-law", 64);
    const [plain] = await solve(gpu, { plain: matrix.float32 });
    const [precise] = await solve(gpu, { precise: matrix.float32 }, { precise: true });
    expect(errorsOf(precise!, matrix).residual).toBeLessThan(errorsOf(plain!, matrix).residual);
  });

  it.each([1e-20, 1e20])("scales with the matrix: times %f", async (factor) => {
    const matrix = testMatrix("power-law", 20);
    const float32 = matrix.float32.map((x) => x * factor);
    expectAccurate((await solve(gpu, { scaled: float32 }))[0]!, {
      float32,
      float64: Float64Array.from(float32),
    });
  });

  it("accepts a covariance that rounding has made slightly indefinite, and clamps at 0", async () => {
    const { float32 } = testMatrix("power", 40);
    for (let i = 0; i < 40; i++) float32[i * 41]! -= 3e-7;
    const [solved] = await solve(gpu, { nearly: float32 });
    expectAccurate(solved!, { float32, float64: Float64Array.from(float32) });
    expect(solved!.values.at(-1)).toBe(0);
  });

  it.each([
    ["NaN", "not-finite", (x: Float32Array) => (x[3 * 20 + 5] = x[5 * 20 + 3] = Number.NaN)],
    [
      "infinity",
      "not-finite",
      (x: Float32Array) => (x[7 * 20 + 5] = x[5 * 20 + 7] = Number.POSITIVE_INFINITY),
    ],
    ["a negative diagonal", "not-positive-semidefinite", (x: Float32Array) => (x[21] = -1)],
    [
      "large entries off the diagonal",
      "not-positive-semidefinite",
      (x: Float32Array) => (x[1] = x[20] = 100),
    ],
    [
      "a negative eigenvalue that no entry betrays",
      "not-positive-semidefinite",
      (x: Float32Array) => x.fill(-0.5).forEach((_, i) => i % 21 === 0 && (x[i] = 1)),
    ],
  ])("names the matrix that holds %s", async (_, fault, spoil) => {
    const good = testMatrix("wishart", 20).float32;
    const bad = good.slice();
    spoil(bad);
    await expect(solve(gpu, { good, "layer.3.A": bad })).rejects.toMatchObject({
      name: "MatrixError",
      matrix: "layer.3.A",
      fault,
      message: expect.stringContaining("layer.3.A") as string,
    });
    await gpu.settled();
  });

  it("stops within 200 ms of an abort in the middle of a sweep and leaves no error behind", async () => {
    const { float32 } = testMatrix("wishart", 256);
    const controller = new AbortController();
    let abortedAt = 0;
    let sweeps = 0;
    const timer = setTimeout(() => {
      abortedAt = performance.now();
      controller.abort();
    }, 700);
    const run = solve(gpu, { large: float32 }, { signal: controller.signal, onProgress: () => sweeps++ });
    await expect(run).rejects.toMatchObject({ name: "AbortError" });
    expect(performance.now() - abortedAt).toBeLessThan(200);
    expect(sweeps).toBeLessThan(8);
    clearTimeout(timer);
    await gpu.settled();
  });

  it("does nothing when already aborted", async () => {
    const { float32 } = testMatrix("wishart", 10);
    await expect(solve(gpu, { a: float32 }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

describe("eigh on a device with default limits", () => {
  it(
    "uses blocks of 16 and is as accurate",
    async () => {
      const small = await gpuContext("default");
      expect(small.blockSize).toBe(16);
      const matrix = testMatrix("clusters", 50);
      expectAccurate((await solve(small, { clusters: matrix.float32 }))[0]!, matrix);
      expect(small.buffers.bytes).toBe(0);
      small.release();
      small.device.destroy();
    },
    compileAndSolve,
  );
});
