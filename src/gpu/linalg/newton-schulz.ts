import { newtonSchulz } from "../kernels/newton-schulz";
import type { Pace } from "../pace";
import { pacedMatmul } from "./matmul";

const tileSize = 64;

/** New buffer with V + ½(I - VVᵀ)V for nearly orthonormal rows V [rows, columns]; an error e of VVᵀ becomes O(e²). */
export async function polishRows(
  pace: Pace,
  V: GPUBuffer,
  rows: number,
  columns: number,
): Promise<GPUBuffer> {
  const { gpu, commands } = pace;
  const scratch = gpu.buffers.scratch();
  try {
    const R = scratch.createFloats("orthogonality residual", rows * rows);
    const polished = scratch.createFloats(V.label, rows * columns);
    const bound = gpu.pipeline(newtonSchulz).bind({ V, R });
    const tilesAcross = Math.ceil(rows / tileSize);
    const tiles = (tilesAcross * (tilesAcross + 1)) / 2;
    const operationsPerTile = 2 * tileSize * tileSize * columns;
    let firstTile = 0;
    while (firstTile < tiles) {
      const count = Math.min(tiles - firstTile, pace.items(operationsPerTile), 65535);
      commands.dispatch(bound, { rows, columns, firstTile }, [count]);
      firstTile += count;
      await pace.spend(count * operationsPerTile);
    }
    commands.copy(V, 0, polished, 0, 4 * rows * columns);
    await pacedMatmul(pace, {
      A: { buffer: R, rows, columns: rows },
      B: { buffer: V, rows, columns },
      C: polished,
      beta: 1,
    });
    await pace.flush();
    return scratch.release(polished);
  } finally {
    scratch.destroy();
  }
}
