import type { Commands } from "../commands";
import type { GpuContext } from "../device";
import { gatherRows } from "../kernels/gather-rows";
import { rowNorms } from "../kernels/row-norms";
import { svdPrepare } from "../kernels/svd-prepare";
import { Pace } from "../pace";
import { readFloats, readWords } from "../readback";
import {
  defaultTolerance,
  orthogonalizeRows,
  sweepShare,
  vectorMultiple,
  type SweepProgress,
} from "./jacobi";
import { matmul } from "./matmul";
import { MatrixError } from "./matrix-error";
import { powerOfTwoScale, scanMatrices, type MatrixExtent } from "./matrix-scan";
import { polishRows } from "./newton-schulz";
import { identityOrder, sortByKeys } from "./sort-order";

/** A matrix W [rows, columns] on the GPU; it is only read. */
export interface GeneralMatrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly buffer: GPUBuffer;
}

/** W = Σ σᵢ uᵢ vᵢᵀ over count = min(rows, columns) terms. The caller owns the buffers. */
export interface SingularTriplets {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly count: number;
  /** σ, descending. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Left singular vectors as rows [count, rows]. */
  readonly left: GPUBuffer;
  /**
   * Right singular vectors as rows [count, columns]. Of left and right, the square one is always a complete basis;
   * in the other, rows that belong to σ = 0 exactly are zero.
   */
  readonly right: GPUBuffer;
  readonly sweeps: number;
  readonly maxCosine: number;
}

export interface SvdProgress extends SweepProgress {
  readonly name: string;
  /** Estimated share of all the work done, 0..1. */
  readonly share: number;
}

export interface SvdOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: SvdProgress) => void;
}

/**
 * Singular values and vectors: the rows of W (of Wᵀ if W has more rows than columns) are made orthogonal by block
 * Jacobi, with the rotations applied to an identity beside them. Rotated rows are σᵢvᵢ, the rotated identity is uᵢ.
 */
export async function svd(
  gpu: GpuContext,
  matrices: readonly GeneralMatrix[],
  options: SvdOptions = {},
): Promise<SingularTriplets[]> {
  for (const { name, rows, columns, buffer } of matrices) {
    if (!(rows >= 1 && columns >= 1) || buffer.size < 4 * rows * columns) {
      throw new RangeError(
        `svd of ${name}: expected ${String(rows)}×${String(columns)} elements, the buffer holds ${String(buffer.size / 4)}`,
      );
    }
  }
  const pace = new Pace(gpu, options.signal);
  const results: SingularTriplets[] = [];
  try {
    const extents = await scanMatrices(pace, matrices);
    for (const [position, matrix] of matrices.entries()) {
      if (extents[position]?.finite === false) throw new MatrixError(matrix.name, "not-finite");
    }
    const total = work(matrices);
    for (const [position, matrix] of matrices.entries()) {
      const extent = extents[position];
      if (extent === undefined) throw new RangeError(`svd of ${matrix.name}: no scan result`);
      const before = work(matrices.slice(0, position));
      const onSweep = (progress: SweepProgress) => {
        const share = (before + work([matrix]) * sweepShare(progress)) / total;
        options.onProgress?.({ ...progress, name: matrix.name, share });
      };
      results.push(await decompose(pace, matrix, extent, onSweep));
    }
    return results;
  } catch (error) {
    for (const { left, right } of results) gpu.buffers.destroy(left, right);
    throw error;
  }
}

function work(matrices: readonly GeneralMatrix[]): number {
  return matrices.reduce((sum, { rows, columns }) => sum + rows * columns * Math.min(rows, columns), 0);
}

function padded(size: number): number {
  return Math.ceil(size / vectorMultiple) * vectorMultiple;
}

async function decompose(
  pace: Pace,
  matrix: GeneralMatrix,
  extent: MatrixExtent,
  onSweep: (progress: SweepProgress) => void,
): Promise<SingularTriplets> {
  const { gpu, commands } = pace;
  const { name, rows, columns, buffer } = matrix;
  const wide = rows <= columns;
  const [count, length] = wide ? [rows, columns] : [columns, rows];
  const [vectors, gramLength] = [padded(count), padded(length)];
  const rowLength = gramLength + padded(count);
  const scale = powerOfTwoScale(extent.maxAbsolute);
  const scratch = gpu.buffers.scratch();
  try {
    const G = scratch.createFloats("rotated rows and rotations", vectors * rowLength);
    commands.dispatch(
      gpu.pipeline(svdPrepare).bind({ W: buffer, G }),
      {
        count,
        columns: length,
        padded: vectors,
        rowLength,
        identityStart: gramLength,
        wRow: wide ? columns : 1,
        wColumn: wide ? 1 : columns,
        scale,
      },
      [rowLength / 16, vectors / 16],
    );
    await pace.spend(vectors * rowLength);
    const tolerance = defaultTolerance;
    const system = { rows: G, matrices: 1, vectors, rowLength, gramLength, sortFirst: true, tolerance };
    const [outcome] = await orthogonalizeRows(pace, system, onSweep);
    if (outcome === undefined || outcome.outcome === "not-converged")
      throw new MatrixError(name, "not-converged");
    if (outcome.outcome === "not-finite") throw new MatrixError(name, "not-finite");

    const squares = scratch.createFloats("squared lengths", vectors);
    const identity = scratch.upload("identity order", identityOrder(Math.max(vectors, gramLength)));
    const rowOrder = scratch.create("row order", 4 * vectors);
    const status = scratch.create("no status", 32);
    const long = scratch.createFloats("long vectors", count * length);
    const square = scratch.createFloats("square basis", count * count);
    commands.dispatch(
      gpu.pipeline(rowNorms).bind({ X: G, squares }),
      {
        rows: vectors,
        columns: length,
        offset: 0,
        rowStride: rowLength,
        resultOffset: 0,
        rowsAcross: vectors,
      },
      [vectors],
    );
    // Padding rows have length 0 and stand behind all others, so they stay behind rows of W that vanish.
    sortByKeys(commands, { buffer: squares }, { status, order: identity, sorted: rowOrder }, vectors, 1);
    const gather = (Y: GPUBuffer, width: number, offset: number, normalize: 0 | 1) => {
      commands.dispatch(
        gpu.pipeline(gatherRows).bind({ X: G, rowOrder, columnOrder: identity, squares, Y }),
        { columns: width, offset, rowStride: rowLength, rowOrderOffset: 0, squaresOffset: 0, normalize },
        [Math.ceil(width / 256), count],
      );
    };
    gather(long, length, 0, 1);
    gather(square, count, gramLength, 0);
    const polishedLong = scratch.hold(await polishRows(pace, long, count, length));
    const polishedSquare = scratch.hold(await polishRows(pace, square, count, count));
    await pace.drain();
    const lengths = await readFloats(gpu, squares, vectors);
    const order = await readWords(gpu, rowOrder, count);
    const values = Float32Array.from(order, (row) => Math.sqrt(lengths[row] ?? 0) / scale);
    scratch.release(polishedLong);
    scratch.release(polishedSquare);
    return {
      name,
      rows,
      columns,
      count,
      values,
      left: wide ? polishedSquare : polishedLong,
      right: wide ? polishedLong : polishedSquare,
      sweeps: outcome.sweeps,
      maxCosine: outcome.maxCosine,
    };
  } finally {
    scratch.destroy();
  }
}

/**
 * Records the best approximation of W by its `keep` largest singular values into `target` [rows, columns]: W projected
 * onto singular vectors of the complete basis, UₖᵀUₖW or WVₖᵀVₖ. Multiplying σ back in would add its rounding.
 */
export function truncate(
  commands: Commands,
  triplets: SingularTriplets,
  W: GPUBuffer,
  keep: number,
  target: GPUBuffer,
): void {
  const { rows, columns, count, left, right, name } = triplets;
  if (!Number.isInteger(keep) || keep < 0 || keep > count) {
    throw new RangeError(
      `truncate ${name}: expected 0 to ${String(count)} singular values, got ${String(keep)}`,
    );
  }
  if (keep === 0) {
    commands.clear(target);
    return;
  }
  const { buffers } = commands.gpu;
  const view = { buffer: W, rows, columns };
  if (rows <= columns) {
    const basis = { buffer: left, rows: keep, columns: rows };
    const projected = buffers.createFloats("coefficients", keep * columns);
    matmul(commands, { A: basis, B: view, C: projected });
    const coefficients = { buffer: projected, rows: keep, columns };
    matmul(commands, { A: basis, B: coefficients, C: target, transposeA: true });
    commands.submit();
    buffers.destroy(projected);
  } else {
    const basis = { buffer: right, rows: keep, columns };
    const projected = buffers.createFloats("coefficients", rows * keep);
    matmul(commands, { A: view, B: basis, C: projected, transposeB: true });
    const coefficients = { buffer: projected, rows, columns: keep };
    matmul(commands, { A: coefficients, B: basis, C: target });
    commands.submit();
    buffers.destroy(projected);
  }
}
