import type { ScratchBuffers } from "../buffers";
import type { GpuContext } from "../device";
import { eighPrepare } from "../kernels/eigh-prepare";
import { gatherRows } from "../kernels/gather-rows";
import { rayleighQuotient } from "../kernels/rayleigh-quotient";
import { rowNorms } from "../kernels/row-norms";
import { Pace } from "../pace";
import { readFloats, readWords } from "../readback";
import { choleskyInPlace } from "./cholesky";
import {
  defaultTolerance,
  orthogonalizeRows,
  sweepShare,
  vectorMultiple,
  type RowResult,
  type SweepProgress,
} from "./jacobi";
import { pacedMatmul } from "./matmul";
import { MatrixError } from "./matrix-error";
import { powerOfTwoScale, scanMatrices, type MatrixExtent } from "./matrix-scan";
import { polishRows } from "./newton-schulz";
import { identityOrder, sortByKeys } from "./sort-order";

/** A symmetric positive semidefinite matrix [size, size] on the GPU; it is only read. */
export interface SymmetricMatrix {
  readonly name: string;
  readonly size: number;
  readonly buffer: GPUBuffer;
}

export interface Eigenpairs {
  readonly name: string;
  readonly size: number;
  /** Descending, clamped at 0. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Eigenvectors as rows [size, size], in the order of the values. The caller owns the buffer. */
  readonly vectors: GPUBuffer;
  /** Jacobi sweeps; 0 for a diagonal matrix, which is only sorted. */
  readonly sweeps: number;
  /** Updates carried out, in units of a full sweep. */
  readonly updateSweeps: number;
  /** Largest relative cosine left between rotated rows, before the polish. */
  readonly maxCosine: number;
}

export interface EighProgress extends SweepProgress {
  /** Matrices that are being decomposed together. */
  readonly names: readonly string[];
  /** Estimated share of all the work done, 0..1: matrices count by the cube of their size. */
  readonly share: number;
}

export interface EighOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: EighProgress) => void;
  /** Tolerance 3e-7 instead of 1e-6: a sweep or two more. */
  readonly precise?: boolean;
}

/** Factorisations tried, each with eight times the shift of the one before. */
const choleskyTries = 4;
const shiftGrowth = 8;
/** Most negative eigenvalue, in units of the largest, that rounding of a covariance can explain. */
const negativeTolerance = 1e-5;
const preciseTolerance = 3e-7;
/** Share of the largest eigenvalue from which a Rayleigh quotient is surer than a length that many rotations touched. */
const largeShare = 1 / 16;
/** Working storage of matrices decomposed together. */
const batchBytes = 2 ** 28;

interface Task {
  readonly matrix: SymmetricMatrix;
  readonly extent: MatrixExtent;
  readonly position: number;
}

/**
 * Eigenvalues and eigenvectors of symmetric positive semidefinite matrices: A + τI = UᵀU by Cholesky on the sorted
 * diagonal, rows of U made orthogonal by block Jacobi; their directions v are the eigenvectors. Small eigenvalues are
 * their squared lengths minus τ, large ones v·(Av). Matrices of like padded size go together; a matrix gives the same
 * bits alone.
 * Rejects with a MatrixError that names the matrix, or with the signal's reason.
 */
export async function eigh(
  gpu: GpuContext,
  matrices: readonly SymmetricMatrix[],
  options: EighOptions = {},
): Promise<Eigenpairs[]> {
  for (const { name, size, buffer } of matrices) {
    if (!Number.isInteger(size) || size < 1 || buffer.size < 4 * size * size) {
      throw new RangeError(
        `eigh of ${name}: expected ${String(size)}×${String(size)} elements, the buffer holds ${String(buffer.size / 4)}`,
      );
    }
  }
  const pace = new Pace(gpu, options.signal);
  const results = new Map<number, Eigenpairs>();
  try {
    const extents = await scanMatrices(
      pace,
      matrices.map(({ buffer, size }) => ({ buffer, rows: size, columns: size })),
    );
    const tasks: Task[] = [];
    for (const [position, matrix] of matrices.entries()) {
      const extent = extents[position];
      if (extent === undefined) throw new RangeError(`eigh of ${matrix.name}: no scan result`);
      refuse(matrix, extent);
      tasks.push({ matrix, extent, position });
    }
    for (const task of tasks.filter(({ extent }) => extent.maxOffDiagonal === 0)) {
      results.set(task.position, await sortDiagonal(pace, task.matrix));
    }
    const dense = tasks.filter(({ extent }) => extent.maxOffDiagonal > 0);
    const totalWork = work(dense);
    let doneWork = 0;
    for (const batch of batches(gpu, dense)) {
      const names = batch.map(({ matrix }) => matrix.name);
      const before = doneWork;
      const batchWork = work(batch);
      const onSweep = (progress: SweepProgress) => {
        const share = (before + batchWork * sweepShare(progress)) / totalWork;
        options.onProgress?.({ ...progress, names, share });
      };
      await decompose(pace, batch, options.precise ?? false, onSweep, results);
      doneWork += batchWork;
    }
    return matrices.map((matrix, position) => {
      const result = results.get(position);
      if (result === undefined) throw new RangeError(`eigh of ${matrix.name}: no result`);
      return result;
    });
  } catch (error) {
    for (const { vectors } of results.values()) gpu.buffers.destroy(vectors);
    throw error;
  }
}

/** Faults that show without factoring: of a semidefinite matrix, |A[i, j]| is at most the largest diagonal entry. */
function refuse({ name }: SymmetricMatrix, extent: MatrixExtent): void {
  if (!extent.finite) throw new MatrixError(name, "not-finite");
  const { maxDiagonal, maxNegativeDiagonal, maxOffDiagonal } = extent;
  if (maxNegativeDiagonal > negativeTolerance * maxDiagonal || maxOffDiagonal > 1.001 * maxDiagonal) {
    throw new MatrixError(name, "not-positive-semidefinite");
  }
}

function work(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { matrix }) => sum + matrix.size ** 3, 0);
}

function paddedSize(size: number): number {
  return Math.ceil(size / vectorMultiple) * vectorMultiple;
}

/** Tasks of one padded size each, as many together as working storage allows. */
function batches(gpu: GpuContext, tasks: readonly Task[]): Task[][] {
  const bySize = new Map<number, Task[]>();
  for (const task of tasks) {
    const padded = paddedSize(task.matrix.size);
    bySize.set(padded, [...(bySize.get(padded) ?? []), task]);
  }
  const limit = Math.min(batchBytes, gpu.device.limits.maxStorageBufferBindingSize);
  return [...bySize].flatMap(([padded, group]) => {
    const together = Math.max(1, Math.floor(limit / (4 * padded * padded)));
    return Array.from({ length: Math.ceil(group.length / together) }, (_, i) =>
      group.slice(i * together, (i + 1) * together),
    );
  });
}

/** A diagonal matrix is decomposed exactly: sorted values, unit vectors. */
async function sortDiagonal(pace: Pace, { name, size, buffer }: SymmetricMatrix): Promise<Eigenpairs> {
  const { gpu, commands } = pace;
  const scratch = gpu.buffers.scratch();
  try {
    const identity = scratch.upload("identity order", identityOrder(size));
    const sorted = scratch.create("diagonal order", 4 * size);
    const status = scratch.create("no status", 32);
    const diagonal = scratch.createFloats("diagonal", size);
    const vectors = scratch.createFloats(`eigenvectors of ${name}`, size * size);
    sortByKeys(commands, { buffer, stride: size + 1 }, { status, order: identity, sorted }, size, 1);
    const gather = gpu
      .pipeline(gatherRows)
      .bind({ X: buffer, rowOrder: sorted, columnOrder: identity, squares: buffer, Y: diagonal });
    const values = {
      columns: 1,
      offset: 0,
      rowStride: size + 1,
      rowOrderOffset: 0,
      squaresOffset: 0,
      normalize: 0,
    };
    commands.dispatch(gather, values, [1, size]);
    await pace.drain();
    const order = await readWords(gpu, sorted, size);
    for (const [row, column] of order.entries()) {
      gpu.device.queue.writeBuffer(vectors, 4 * (row * size + column), new Float32Array([1]));
    }
    const eigenvalues = (await readFloats(gpu, diagonal, size)).map((value) => Math.max(0, value));
    scratch.release(vectors);
    return { name, size, values: eigenvalues, vectors, sweeps: 0, updateSweeps: 0, maxCosine: 0 };
  } finally {
    scratch.destroy();
  }
}

async function decompose(
  pace: Pace,
  batch: readonly Task[],
  precise: boolean,
  onSweep: (progress: SweepProgress) => void,
  results: Map<number, Eigenpairs>,
): Promise<void> {
  const { gpu } = pace;
  const scratch = gpu.buffers.scratch();
  try {
    const padded = paddedSize(Math.max(...batch.map(({ matrix }) => matrix.size)));
    const orders = diagonalOrders(pace, batch, scratch);
    const G = scratch.createFloats("rotated rows", batch.length * padded * padded);
    const shifts = await factor(pace, batch, padded, orders, G);
    const tolerance = precise ? preciseTolerance : defaultTolerance;
    const system = {
      rows: G,
      matrices: batch.length,
      vectors: padded,
      rowLength: padded,
      gramLength: padded,
      sortFirst: false,
      tolerance,
    };
    const outcomes = await orthogonalizeRows(pace, system, onSweep);
    for (const [slot, task] of batch.entries()) {
      const [outcome, shift, order] = [outcomes[slot], shifts[slot], orders[slot]];
      if (outcome === undefined || shift === undefined || order === undefined)
        throw new RangeError("eigh: lost a matrix");
      results.set(task.position, await extract(pace, task, { G, padded, slot, order, shift, outcome }));
    }
  } finally {
    scratch.destroy();
  }
}

/** Per matrix, the rows in descending order of the diagonal: large pivots first make the factor nearly orthogonal. */
function diagonalOrders(pace: Pace, batch: readonly Task[], scratch: ScratchBuffers): GPUBuffer[] {
  const status = scratch.create("no status", 32);
  return batch.map(({ matrix: { size, buffer } }) => {
    const order = scratch.upload("identity order", identityOrder(size));
    const sorted = scratch.create("diagonal order", 4 * size);
    sortByKeys(pace.commands, { buffer, stride: size + 1 }, { status, order, sorted }, size, 1);
    return sorted;
  });
}

/** Cholesky factors of the scaled and shifted matrices, in G; resolves to the shifts, in scaled units. */
async function factor(
  pace: Pace,
  batch: readonly Task[],
  padded: number,
  orders: readonly GPUBuffer[],
  G: GPUBuffer,
): Promise<number[]> {
  const { gpu, commands } = pace;
  const scratch = gpu.buffers.scratch();
  try {
    const failed = scratch.create("failed pivots", 4 * batch.length);
    // The shift covers the rounding of a float32 covariance and of the factorisation.
    const shifts = batch.map(({ matrix, extent }) =>
      Math.fround(
        4 * Math.sqrt(matrix.size) * 6e-8 * extent.maxDiagonal * powerOfTwoScale(extent.maxDiagonal),
      ),
    );
    for (let attempt = 1; ; attempt++) {
      for (const [slot, { matrix, extent }] of batch.entries()) {
        const order = orders[slot];
        const shift = shifts[slot];
        if (order === undefined || shift === undefined) throw new RangeError("eigh: lost a matrix");
        const bound = gpu.pipeline(eighPrepare).bind({ A: matrix.buffer, order, G });
        const scale = powerOfTwoScale(extent.maxDiagonal);
        const values = { size: matrix.size, padded, slot, scale, shift };
        commands.dispatch(bound, values, [padded / 16, padded / 16]);
        await pace.spend(padded * padded);
      }
      commands.clear(failed);
      await choleskyInPlace(pace, G, padded, batch.length, failed);
      await pace.drain();
      const failures = await readWords(gpu, failed, batch.length);
      if (failures.every((failure) => failure === 0)) return shifts;
      for (const [slot, { matrix }] of batch.entries()) {
        if (failures[slot] === 0) continue;
        if (attempt === choleskyTries) throw new MatrixError(matrix.name, "not-positive-semidefinite");
        shifts[slot] = Math.fround((shifts[slot] ?? 0) * shiftGrowth);
      }
    }
  } finally {
    scratch.destroy();
  }
}

interface Rotated {
  readonly G: GPUBuffer;
  readonly padded: number;
  readonly slot: number;
  readonly order: GPUBuffer;
  readonly shift: number;
  readonly outcome: RowResult;
}

/** Eigenpairs from rotated rows: normalised rows in the original column order, polish, values, sorting. */
async function extract(pace: Pace, { matrix, extent }: Task, rotated: Rotated): Promise<Eigenpairs> {
  const { gpu, commands } = pace;
  const { name, size, buffer } = matrix;
  const { G, padded, slot, order, shift, outcome } = rotated;
  if (outcome.outcome === "not-finite") throw new MatrixError(name, "not-finite");
  if (outcome.outcome === "not-converged") {
    throw new MatrixError(name, "not-converged", `largest cosine ${outcome.maxCosine.toExponential(1)}`);
  }
  const scratch = gpu.buffers.scratch();
  try {
    const squares = scratch.createFloats("squared lengths", padded);
    const values = scratch.createFloats("scaled eigenvalues", size);
    const identity = scratch.upload("identity order", identityOrder(padded));
    const rowOrder = scratch.create("row order", 4 * padded);
    const valueOrder = scratch.create("value order", 4 * size);
    const status = scratch.create("no status", 32);
    const vectors = scratch.createFloats(`eigenvectors of ${name}`, size * size);
    const offset = slot * padded * padded;
    const scale = powerOfTwoScale(extent.maxDiagonal);
    const gather = gpu.pipeline(gatherRows);
    const gatherGroups = [Math.ceil(size / 256), size] as const;
    // Padding rows have no part in the first `size` columns: their length here is 0 and they come last.
    commands.dispatch(
      gpu.pipeline(rowNorms).bind({ X: G, squares }),
      { rows: padded, columns: size, offset, rowStride: padded, resultOffset: 0, rowsAcross: padded },
      [padded],
    );
    sortByKeys(commands, { buffer: squares }, { status, order: identity, sorted: rowOrder }, padded, 1);
    commands.dispatch(
      gather.bind({ X: G, rowOrder, columnOrder: order, squares, Y: vectors }),
      { columns: size, offset, rowStride: padded, rowOrderOffset: 0, squaresOffset: 0, normalize: 1 },
      gatherGroups,
    );
    const polished = scratch.hold(await polishRows(pace, vectors, size, size));
    const square = { rows: size, columns: size };
    await pacedMatmul(pace, {
      A: { buffer: polished, ...square },
      B: { buffer, ...square },
      C: vectors,
      alpha: scale,
    });
    commands.dispatch(
      gpu.pipeline(rayleighQuotient).bind({ V: polished, AV: vectors, squares, rowOrder, values }),
      { rows: size, columns: size, rowsAcross: size, shift, large: largeShare },
      [size],
    );
    sortByKeys(commands, { buffer: values }, { status, order: identity, sorted: valueOrder }, size, 1);
    commands.dispatch(
      gather.bind({ X: polished, rowOrder: valueOrder, columnOrder: identity, squares, Y: vectors }),
      { columns: size, offset: 0, rowStride: size, rowOrderOffset: 0, squaresOffset: 0, normalize: 0 },
      gatherGroups,
    );
    await pace.drain();
    const scaled = await readFloats(gpu, values, size);
    const descending = scaled
      .sort()
      .reverse()
      .map((value) => value / scale);
    if ((descending[size - 1] ?? 0) < -negativeTolerance * (descending[0] ?? 0)) {
      throw new MatrixError(name, "not-positive-semidefinite");
    }
    scratch.release(vectors);
    return {
      name,
      size,
      values: descending.map((value) => Math.max(0, value)),
      vectors,
      sweeps: outcome.sweeps,
      updateSweeps: outcome.updateSweeps,
      maxCosine: outcome.maxCosine,
    };
  } finally {
    scratch.destroy();
  }
}
