import { expect, it } from "vitest";
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
