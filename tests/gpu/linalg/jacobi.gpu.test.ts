import { describe, expect, it } from "vitest";
import { orthogonalizeRows } from "../../../src/gpu/linalg/jacobi";
import { Pace } from "../../../src/gpu/pace";
import { readFloats } from "../../../src/gpu/readback";
import { normals, sharedGpu } from "../../support/gpu";

it("orthogonalizeRows gives the same bits in one submission per sweep and in pieces of single pairs", async () => {
  const gpu = await sharedGpu();
  const [matrices, vectors, rowLength] = [2, 128, 128];
  const start = normals(matrices * vectors * rowLength, 3);
  const results = [];
  for (const budget of [1, 1e15]) {
    const rows = gpu.buffers.upload("rows", start);
    const pace = new Pace(gpu, undefined, budget);
    // A coarse tolerance ends after few sweeps; the bits are the point.
    const system = {
      rows,
      matrices,
      vectors,
      rowLength,
      gramLength: rowLength,
      sortFirst: true,
      tolerance: 0.05,
    };
    const outcome = await orthogonalizeRows(pace, system);
    results.push({ outcome, rotated: await readFloats(gpu, rows, start.length) });
    gpu.buffers.destroy(rows);
  }
  expect(results[0]).toEqual(results[1]);
  for (const { sweeps, outcome } of results[0]!.outcome) {
    expect(sweeps).toBeGreaterThan(1);
    expect(["converged", "noise"]).toContain(outcome);
  }
  expect(results[0]!.rotated).not.toEqual(start);
});

describe("cosines below the tolerance", () => {
  const size = 64;
  const tolerance = 1e-6;

  /** Multiples of unit vectors with cosines of up to 0.9 tolerances between them; only the first two differ by more. */
  async function orthogonalized(length: (row: number) => number) {
    const gpu = await sharedGpu();
    const noise = normals(size * size, 5);
    const start = Float32Array.from({ length: size * size }, (_, at) => {
      const [row, column] = [Math.floor(at / size), at % size];
      if (row === column) return length(row);
      const cosine =
        row === 0 && column === 1 ? 1e-4 : row < column ? 0.9 * tolerance * Math.tanh(noise[at]!) : 0;
      return length(row) * cosine;
    });
    const rows = gpu.buffers.upload("rows", start);
    const shape = { matrices: 1, vectors: size, rowLength: size, gramLength: size };
    const [outcome] = await orthogonalizeRows(new Pace(gpu), { rows, ...shape, sortFirst: false, tolerance });
    const rotated = await readFloats(gpu, rows, size * size);
    gpu.buffers.destroy(rows);
    expect(outcome!.outcome).toBe("converged");
    return rotated;
  }

  it("are turned away to a tenth of it where lengths differ, once a pair is worked on", async () => {
    const rotated = await orthogonalized((row) => 2 - row / size);
    let largest = 0;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) {
        let [inner, a, b] = [0, 0, 0];
        for (let k = 0; k < size; k++) {
          const [x, y] = [rotated[i * size + k]!, rotated[j * size + k]!];
          inner += x * y;
          a += x * x;
          b += y * y;
        }
        largest = Math.max(largest, Math.abs(inner) / Math.sqrt(a * b));
      }
    }
    expect(largest).toBeLessThan(0.15 * tolerance);
  });

  it("turn no vectors of equal length", async () => {
    const rotated = await orthogonalized(() => 1);
    expect(Math.abs(rotated[0]!)).toBeCloseTo(Math.SQRT1_2, 2);
    for (let row = 2; row < size; row++) expect(rotated[row * size + row]!).toBeGreaterThan(0.999);
  });
});
