import { beforeAll, expect, it } from "vitest";
import type { GpuContext } from "../../../src/gpu/device";
import { rowScores } from "../../../src/gpu/linalg/row-scores";
import { sharedGpu } from "../../support/gpu";
import { drawnLogits, expectRowScores } from "../../support/row-scores";

let gpu: GpuContext;
beforeAll(async () => {
  gpu = await sharedGpu();
});

it.each([
  [7, 1, 1],
  [5, 10, 10],
  [20, 37, 10],
  [3, 1536, 10],
  [4, 301, 1],
  // More rows than stand side by side.
  [1030, 65, 3],
])(
  "scores of %i rows of %i entries and their %i largest are those of sorting",
  async (rows, columns, count) => {
    const bytesBefore = gpu.buffers.bytes;
    for (const ties of [false, true]) {
      const { x, labels } = drawnLogits(rows, columns, ties);
      const buffer = gpu.buffers.upload("X", x);
      expectRowScores(await rowScores(gpu, { buffer, columns }, labels, count), x, columns, labels, count);
      gpu.buffers.destroy(buffer);
    }
    expect(gpu.buffers.bytes).toBe(bytesBefore);
  },
);

it("as many rows are scored as there are labels", async () => {
  const { x, labels } = drawnLogits(6, 40, false);
  const buffer = gpu.buffers.upload("X", x);
  const first = labels.slice(0, 4);
  expectRowScores(await rowScores(gpu, { buffer, columns: 40 }, first, 10), x, 40, first, 10);
  gpu.buffers.destroy(buffer);
});
