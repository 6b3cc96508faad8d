import { Commands } from "../gpu/commands";
import type { GpuContext } from "../gpu/device";
import { matmul } from "../gpu/linalg/matmul";
import { gpuTensor, matrixView } from "./gpu-tensor";
import type { CrossMean } from "./linear-algebra";

/** Rows in one dispatch before they are added to the running mean: keeps float32 partial sums short. */
const rowsPerDispatch = 1024;

/** Each batch enters with the weight of its rows, so that the buffer always holds a mean and no sum grows. */
export function gpuCrossMean(gpu: GpuContext, name: string, rows: number, columns: number): CrossMean {
  const running = gpu.buffers.createFloats(name, rows * columns);
  let count = 0;
  return {
    get count() {
      return count;
    },
    add: async (x, y, signal) => {
      await Promise.resolve();
      signal?.throwIfAborted();
      const [X, Y] = [matrixView(x), matrixView(y)];
      const commands = new Commands(gpu);
      for (let first = 0; first < X.rows; first += rowsPerDispatch) {
        const added = Math.min(rowsPerDispatch, X.rows - first);
        const part = { rows: added };
        matmul(commands, {
          A: { ...X, ...part, offset: first * X.columns },
          B: { ...Y, ...part, offset: first * Y.columns },
          C: running,
          transposeA: true,
          alpha: 1 / (count + added),
          beta: count / (count + added),
        });
        count += added;
      }
      commands.submit();
    },
    mean: () => {
      if (count === 0) throw new RangeError(`${name}: expected at least one row, got none`);
      const copy = gpu.buffers.createFloats(name, rows * columns);
      const commands = new Commands(gpu);
      commands.copy(running, 0, copy, 0, 4 * rows * columns);
      commands.submit();
      return gpuTensor(gpu, copy, [rows, columns]);
    },
    release: () => {
      gpu.buffers.destroy(running);
    },
  };
}
