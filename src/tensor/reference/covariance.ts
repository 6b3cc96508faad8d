import {
  addPackedProduct,
  packedSize,
  packLines,
  TILE_COLUMNS,
  TILE_ROWS,
  type Floats,
} from "./packed-product";

const ROW_BLOCK = 64;
const SAMPLE_BLOCK = 256;

/** sums [size, size] += XᵀX over the first rows of X, in float64. Entries below the diagonal are not to be used. */
export function addCovariance(x: Floats, rows: number, size: number, sums: Float64Array): void {
  if (x.length < rows * size)
    throw new RangeError(`covariance: expected at least ${rows * size} sample values, got ${x.length}`);
  if (sums.length !== size * size) {
    throw new RangeError(`covariance: expected sums of ${size}×${size} values, got ${sums.length}`);
  }
  const depthLimit = Math.min(rows, SAMPLE_BLOCK);
  const packedA = new Float64Array(packedSize(ROW_BLOCK, depthLimit, TILE_ROWS));
  const packedB = new Float64Array(packedSize(size, depthLimit, TILE_COLUMNS));
  for (let r0 = 0; r0 < rows; r0 += SAMPLE_BLOCK) {
    const depth = Math.min(SAMPLE_BLOCK, rows - r0);
    const lines = { source: x, offset: r0 * size, lineStride: 1, depthStride: size };
    packLines(lines, size, depth, TILE_COLUMNS, packedB);
    for (let i0 = 0; i0 < size; i0 += ROW_BLOCK) {
      const height = Math.min(ROW_BLOCK, size - i0);
      packLines({ ...lines, offset: lines.offset + i0 }, height, depth, TILE_ROWS, packedA);
      const firstColumn = i0 - (i0 % TILE_COLUMNS);
      addPackedProduct(packedA, packedB, depth, { sums, columns: size, i0, height, firstColumn });
    }
  }
}
