import {
  addPackedProduct,
  packedSize,
  packLines,
  TILE_COLUMNS,
  TILE_ROWS,
  type Floats,
} from "./packed-product";
import { runToEnd, type Steps } from "./steps";

/** Which values of an array are the samples: row r is source[offset + r·rowStride ..+ size]. */
export interface SampleRows {
  readonly rows: number;
  readonly size: number;
  /** `size` unless rows are skipped, e.g. tokens·size to read one token of every image. */
  readonly rowStride?: number;
  readonly offset?: number;
}

const ROW_BLOCK = 64;
const SAMPLE_BLOCK = 256;

/** sums [size, size] += XᵀX. Summed in float64; only the upper triangle is computed, the lower one is its mirror. */
export function addCovariance(x: Floats, samples: SampleRows, sums: Float64Array): void {
  runToEnd(covarianceSteps(x, samples, sums));
}

export function* covarianceSteps(x: Floats, samples: SampleRows, sums: Float64Array): Steps<void> {
  const { rows, size, rowStride = size, offset = 0 } = samples;
  const end = rows === 0 ? 0 : offset + (rows - 1) * rowStride + size;
  if (x.length < end)
    throw new RangeError(`covariance: expected at least ${end} sample values, got ${x.length}`);
  if (sums.length !== size * size) {
    throw new RangeError(`covariance: expected sums of ${size}×${size} values, got ${sums.length}`);
  }
  const depthLimit = Math.min(rows, SAMPLE_BLOCK);
  const packedA = new Float64Array(packedSize(ROW_BLOCK, depthLimit, TILE_ROWS));
  const packedB = new Float64Array(packedSize(size, depthLimit, TILE_COLUMNS));
  for (let r0 = 0; r0 < rows; r0 += SAMPLE_BLOCK) {
    const depth = Math.min(SAMPLE_BLOCK, rows - r0);
    const lines = { source: x, offset: offset + r0 * rowStride, lineStride: 1, depthStride: rowStride };
    packLines(lines, size, depth, TILE_COLUMNS, packedB);
    for (let i0 = 0; i0 < size; i0 += ROW_BLOCK) {
      const height = Math.min(ROW_BLOCK, size - i0);
      packLines({ ...lines, offset: lines.offset + i0 }, height, depth, TILE_ROWS, packedA);
      const firstColumn = i0 - (i0 % TILE_COLUMNS);
      addPackedProduct(packedA, packedB, depth, { sums, columns: size, i0, height, firstColumn });
      yield (r0 * size + (i0 + height) * depth) / (rows * size);
    }
  }
  mirrorUpperTriangle(sums, size);
}

function mirrorUpperTriangle(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) matrix[j * size + i] = matrix[i * size + j] ?? 0;
  }
}
