import { matrixScan } from "../kernels/matrix-scan";
import type { Pace } from "../pace";
import { readWords } from "../readback";

/** What a scan found; largest values are exact. */
export interface MatrixExtent {
  readonly finite: boolean;
  readonly maxAbsolute: number;
  /** Largest |A[i, j]| with i ≠ j. */
  readonly maxOffDiagonal: number;
  /** Largest A[i, i], 0 if none is positive. */
  readonly maxDiagonal: number;
  /** Largest -A[i, i], 0 if none is negative. */
  readonly maxNegativeDiagonal: number;
}

const entriesPerWorkgroup = 4096;
const wordsPerResult = 8;

/** Scans dense matrices; one readback for all. */
export async function scanMatrices(
  pace: Pace,
  matrices: readonly { readonly buffer: GPUBuffer; readonly rows: number; readonly columns: number }[],
): Promise<MatrixExtent[]> {
  const { gpu } = pace;
  const result = gpu.buffers.create("matrix scan", 4 * wordsPerResult * matrices.length);
  try {
    for (const [slot, { buffer, rows, columns }] of matrices.entries()) {
      const bound = gpu.pipeline(matrixScan).bind({ A: buffer, result });
      const workgroups = Math.ceil((rows * columns) / entriesPerWorkgroup);
      pace.commands.dispatch(bound, { rows, columns, slot }, [workgroups]);
      await pace.spend(rows * columns);
    }
    await pace.drain();
    const words = await readWords(gpu, result, wordsPerResult * matrices.length);
    const floats = new Float32Array(words.buffer);
    return matrices.map((_, slot) => {
      const [maxAbsolute = 0, maxOffDiagonal = 0, maxDiagonal = 0, maxNegativeDiagonal = 0] = floats.subarray(
        wordsPerResult * slot,
      );
      const finite = words[wordsPerResult * slot + 4] === 0;
      return { finite, maxAbsolute, maxOffDiagonal, maxDiagonal, maxNegativeDiagonal };
    });
  } finally {
    gpu.buffers.destroy(result);
  }
}

/** The power of two that brings a positive value into [1, 2), as far as float32 has it. */
export function powerOfTwoScale(value: number): number {
  return 2 ** Math.min(126, Math.max(-126, -Math.floor(Math.log2(value))));
}
