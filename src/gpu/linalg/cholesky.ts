import { choleskyDiagonal } from "../kernels/cholesky-diagonal";
import { choleskyPanel } from "../kernels/cholesky-panel";
import { choleskyTrailing } from "../kernels/cholesky-trailing";
import type { Pace } from "../pace";

const blockSize = 32;
const panelColumnsPerWorkgroup = 64;

/**
 * Factors `matrices` symmetric matrices in place, G = UᵀU with U upper triangular and zeros below.
 * G is [matrices, padded, padded], `padded` a multiple of 32; `failed` [matrices] is set to 1 where a pivot was not
 * positive, and must start as zeros.
 */
export async function choleskyInPlace(
  pace: Pace,
  G: GPUBuffer,
  padded: number,
  matrices: number,
  failed: GPUBuffer,
): Promise<void> {
  const { gpu, commands } = pace;
  const diagonal = gpu.pipeline(choleskyDiagonal).bind({ G, failed });
  const panel = gpu.pipeline(choleskyPanel).bind({ G });
  const trailing = gpu.pipeline(choleskyTrailing).bind({ G });
  for (let block = 0; block < padded / blockSize; block++) {
    const remaining = padded - (block + 1) * blockSize;
    commands.dispatch(diagonal, { padded, block }, [1, 1, matrices]);
    if (remaining > 0) {
      const groups = Math.ceil(remaining / panelColumnsPerWorkgroup);
      commands.dispatch(panel, { padded, block }, [groups, 1, matrices]);
    }
    await pace.spend(matrices * blockSize ** 2 * (blockSize + remaining));

    const tiles = remaining / blockSize;
    const operationsPerTileRow = 2 * blockSize ** 3 * tiles;
    let tileRow = 0;
    while (tileRow < tiles) {
      // Either whole matrices at once or one matrix in strips of tile rows.
      const affordable = pace.items(operationsPerTileRow);
      const rows = Math.min(tiles - tileRow, affordable);
      const together = Math.max(1, Math.min(matrices, Math.floor(affordable / rows)));
      for (let firstMatrix = 0; firstMatrix < matrices; firstMatrix += together) {
        const count = Math.min(together, matrices - firstMatrix);
        const values = { padded, block, firstTileRow: tileRow, firstMatrix };
        commands.dispatch(trailing, values, [tiles, rows, count]);
        await pace.spend(count * rows * operationsPerTileRow);
      }
      tileRow += rows;
    }
  }
}
