import { jacobiGram } from "../kernels/jacobi-gram";
import { jacobiRotate } from "../kernels/jacobi-rotate";
import { jacobiSweep } from "../kernels/jacobi-sweep";
import { jacobiUpdate } from "../kernels/jacobi-update";
import type { Pace } from "../pace";
import { readWords } from "../readback";
import { identityOrder, sortByKeys } from "./sort-order";

/** Tournaments inside a pair of blocks per visit: two save a quarter of the sweeps. */
const innerTournaments = 2;
const maxSweeps = 40;
const wordsPerStatus = 8;
/** With fewer pairs than this, the columns of a Gram product are split over several workgroups, 256 or more each. */
const pairsThatFillAGpu = 64;
const maxSplits = 8;
const columnsPerSplit = 256;

/** Rows [matrices, vectors, rowLength] that are to become orthogonal within each matrix. */
export interface RowSystem {
  readonly rows: GPUBuffer;
  readonly matrices: number;
  /** Rows per matrix, a multiple of `vectorMultiple`. */
  readonly vectors: number;
  /** Elements per row, a multiple of 64. */
  readonly rowLength: number;
  /** Elements that enter the inner products, a multiple of 4; the others are only rotated along. */
  readonly gramLength: number;
  /** Sort rows by length before the first sweep, if they do not come so. */
  readonly sortFirst: boolean;
  /** Largest relative cosine |gᵢ·gⱼ| / |gᵢ||gⱼ| that counts as orthogonal. */
  readonly tolerance: number;
}

/** State after a sweep, over the matrices of a system. */
export interface SweepProgress {
  /** Sweeps done, from 1. */
  readonly sweep: number;
  /** Pairs of blocks that were rotated, of how many. */
  readonly activePairs: number;
  readonly pairs: number;
  readonly maxCosine: number;
}

export interface RowResult {
  /** `noise`: the largest cosine is within a few tolerances and no longer falls. */
  readonly outcome: "converged" | "noise" | "not-finite" | "not-converged";
  readonly sweeps: number;
  /** Largest cosine met in the last sweep. */
  readonly maxCosine: number;
  /** Updates carried out, in units of a full sweep. */
  readonly updateSweeps: number;
}

/** Guess of the share of sweeps done: once cosines are small, each sweep about squares them. */
export function sweepShare({ sweep, activePairs, maxCosine }: SweepProgress): number {
  if (activePairs === 0) return 1;
  const ahead = maxCosine > 1e-1 ? 5 : maxCosine > 1e-3 ? 3 : maxCosine > 1e-5 ? 2 : 1;
  return sweep / (sweep + ahead);
}

/** Padded row counts are multiples of two blocks and of the 64 columns that an update covers. */
export const vectorMultiple = 64;

/**
 * Largest relative cosine left standing. The residual ‖AV − VΛ‖/‖A‖ is at most this times √vectors, so it must not grow
 * with the size; inner products of rows that are nearly orthogonal round by far less, however long they are.
 */
export const defaultTolerance = 1e-6;

/**
 * One-sided block Jacobi: rotates rows pairwise, in place, until all are orthogonal. Per round of a tournament of
 * blocks: cross-Gram matrices of the pairs, rotations that diagonalise them, update of the rows. Diagonal Gram blocks
 * are computed once per sweep and carried through the rotations; between sweeps rows are sorted by norm, by an index.
 */
export async function orthogonalizeRows(
  pace: Pace,
  system: RowSystem,
  onSweep?: (progress: SweepProgress) => void,
): Promise<RowResult[]> {
  const { gpu, commands } = pace;
  const { rows: G, matrices, vectors, rowLength, gramLength, tolerance } = system;
  const BLOCK = gpu.blockSize;
  const blocks = vectors / BLOCK;
  const pairs = blocks / 2;
  const units = pairs * matrices;
  // Independent of the number of matrices, so that a matrix gives the same bits alone and in a batch.
  const splits = Math.max(
    1,
    Math.min(maxSplits, Math.floor(pairsThatFillAGpu / pairs), Math.floor(gramLength / columnsPerSplit)),
  );
  const gramSize = BLOCK * BLOCK;

  const scratch = gpu.buffers.scratch();
  try {
    const diagonalGrams = scratch.createFloats("diagonal Gram blocks", matrices * blocks * gramSize);
    const crossGrams = scratch.createFloats("cross Gram blocks", units * splits * gramSize);
    const E = scratch.createFloats("rotations", units * 4 * gramSize);
    const activity = scratch.create("active pairs", 4 * units);
    const progress = scratch.create("sweep progress", 4 * 4 * matrices);
    const status = scratch.create("matrix status", 4 * wordsPerStatus * matrices);
    let order = scratch.upload("row order", identityOrder(vectors, matrices));
    let sorted = scratch.create("next row order", 4 * vectors * matrices);

    const gramPipeline = gpu.pipeline(jacobiGram, { BLOCK });
    const rotate = gpu
      .pipeline(jacobiRotate, { BLOCK })
      .bind({ crossGrams, status, diagonalGrams, E, activity, progress });
    const updatePipeline = gpu.pipeline(jacobiUpdate, { BLOCK });
    const close = gpu.pipeline(jacobiSweep).bind({ progress, status });
    const bindRows = () => ({
      diagonal: gramPipeline.bind({ G, order, status, grams: diagonalGrams }),
      cross: gramPipeline.bind({ G, order, status, grams: crossGrams }),
      update: updatePipeline.bind({ E, activity, order, status, G }),
    });

    const gramOperations = 2 * gramSize * gramLength;
    const rotateOperations = innerTournaments * (2 * BLOCK - 1) * 20 * gramSize;
    const pairOperations = gramOperations + rotateOperations + 8 * gramSize * rowLength;
    const sort = () => {
      const keys = {
        buffer: diagonalGrams,
        matrixStride: blocks * gramSize,
        period: BLOCK,
        periodStride: gramSize,
        stride: BLOCK + 1,
      };
      sortByKeys(commands, keys, { status, order, sorted }, vectors, matrices);
      [order, sorted] = [sorted, order];
    };

    const computeDiagonalGrams = async () => {
      const { diagonal } = bindRows();
      const shared = { blocks, rowLength, gramLength, round: 0, splits: 1, cross: 0 };
      for (const [firstUnit, count] of pieces(blocks * matrices, () => pace.items(gramOperations))) {
        commands.dispatch(diagonal, { ...shared, firstUnit }, [count]);
        await pace.spend(count * gramOperations);
      }
    };

    if (system.sortFirst) {
      await computeDiagonalGrams();
      sort();
    }
    for (let sweep = 1; ; sweep++) {
      await computeDiagonalGrams();
      const bound = bindRows();
      for (let round = 0; round < blocks - 1; round++) {
        for (const [firstUnit, count] of pieces(units, () => pace.items(pairOperations))) {
          const values = { blocks, round, firstUnit };
          commands.dispatch(bound.cross, { ...values, rowLength, gramLength, splits, cross: 1 }, [
            count,
            splits,
          ]);
          commands.dispatch(rotate, { ...values, splits, inner: innerTournaments, tolerance }, [count]);
          commands.dispatch(bound.update, { ...values, rowLength }, [rowLength / 64, count]);
          await pace.spend(count * pairOperations);
        }
      }
      const noise = Math.max(5e-6, 5 * tolerance);
      commands.dispatch(close, { matrices, noise }, [Math.ceil(matrices / 64)]);
      sort();
      await pace.drain();

      const words = await readWords(gpu, status, wordsPerStatus * matrices);
      const results = Array.from({ length: matrices }, (_, z) => readStatus(words, z, pairs * (blocks - 1)));
      onSweep?.({
        sweep,
        activePairs: results.reduce(
          (sum, { status }) => sum + (status.sweeps === sweep ? status.activePairs : 0),
          0,
        ),
        pairs: units * (blocks - 1),
        maxCosine: Math.max(...results.map(({ result }) => result.maxCosine)),
      });
      if (sweep === maxSweeps || results.every(({ status }) => status.done !== 0)) {
        return results.map(({ result }) => result);
      }
    }
  } finally {
    scratch.destroy();
  }
}

/** Cuts 0..total-1 into ranges [first, count] of the size that is affordable when each is reached. */
function* pieces(total: number, affordable: () => number): Generator<[first: number, count: number]> {
  const dispatchLimit = 65535;
  let first = 0;
  while (first < total) {
    const count = Math.min(total - first, affordable(), dispatchLimit);
    yield [first, count];
    first += count;
  }
}

const outcomes = ["not-converged", "converged", "noise", "not-finite"] as const;

/** Status words of matrix z, as `jacobi-sweep` writes them. */
function readStatus(words: Uint32Array<ArrayBuffer>, z: number, pairsPerSweep: number) {
  const [done = 0, sweeps = 0, , activePairs = 0, updates = 0] = words.subarray(wordsPerStatus * z);
  const maxCosine = new Float32Array(words.buffer)[wordsPerStatus * z + 2] ?? 0;
  const result: RowResult = {
    outcome: outcomes[done] ?? "not-converged",
    sweeps,
    maxCosine,
    updateSweeps: updates / pairsPerSweep,
  };
  return { status: { done, sweeps, activePairs }, result };
}
