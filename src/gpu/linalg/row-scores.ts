import type { RowScores } from "../../tensor/reference/row-scores";
import { Commands } from "../commands";
import type { GpuContext } from "../device";
import { rowScores as kernel } from "../kernels/row-scores";
import { readFloats, readWords } from "../readback";

/** Rows of a dispatch side by side; the rest goes to the second dimension, as each is limited to 65535. */
const rowsAcross = 1024;

/** Scores the first rows of X, one per label; only the results are read back. */
export async function rowScores(
  gpu: GpuContext,
  { buffer: X, columns }: { readonly buffer: GPUBuffer; readonly columns: number },
  labels: Uint32Array<ArrayBuffer>,
  count: number,
): Promise<RowScores> {
  const rows = labels.length;
  const scratch = gpu.buffers.scratch();
  try {
    const scores = scratch.createFloats("row scores", rows);
    const top = scratch.createFloats("largest columns", rows * count);
    const buffers = { X, labels: scratch.upload("labels", labels), scores, top };
    const commands = new Commands(gpu);
    commands.dispatch(gpu.pipeline(kernel).bind(buffers), { rows, columns, rowsAcross, count }, [
      rowsAcross,
      Math.ceil(rows / rowsAcross),
    ]);
    commands.submit();
    const [logProbabilities, columnsRead] = await Promise.all([
      readFloats(gpu, scores, rows),
      readWords(gpu, top, rows * count),
    ]);
    return { logProbabilities, top: columnsRead };
  } finally {
    scratch.destroy();
  }
}
