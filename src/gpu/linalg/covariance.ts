import { Commands } from "../commands";
import type { GpuContext } from "../device";
import { covariance as covarianceKernel } from "../kernels/covariance";
import { covarianceMean } from "../kernels/covariance-mean";
import type { Pace } from "../pace";

/** The first rows of a buffer, one after the other. */
interface Rows {
  readonly buffer: GPUBuffer;
  readonly rows: number;
}

/** Rows summed in one dispatch before they are added to the running sum: keeps float32 partial sums short. */
const rowsPerDispatch = 1024;
const tileSize = 64;

/**
 * Running sum Σ x xᵀ over rows x of any number of batches, kept on the GPU.
 * The buffer `sum` [size, size] holds upper 64×64 tiles; `mean` mirrors them. Sums of the same size may be merged.
 */
export class CovarianceSum {
  readonly gpu: GpuContext;
  readonly name: string;
  readonly size: number;
  /** Upper tiles of Σ x xᵀ; below the diagonal only what lies in diagonal tiles. */
  readonly sum: GPUBuffer;
  #count = 0;

  constructor(gpu: GpuContext, name: string, size: number) {
    this.gpu = gpu;
    this.name = name;
    this.size = size;
    this.sum = gpu.buffers.createFloats(`covariance ${name}`, size * size);
  }

  /** Rows added so far. */
  get count(): number {
    return this.#count;
  }

  /** Records adding these rows; nothing is read back. */
  add(commands: Commands, rows: Rows): void {
    for (const piece of this.#pieces(rows, Number.POSITIVE_INFINITY)) piece.record(commands);
  }

  /** The same, bit for bit, in submissions of a bounded length. After an abort the sum is not usable. */
  async addPaced(pace: Pace, rows: Rows): Promise<void> {
    for (const piece of this.#pieces(rows, pace)) {
      piece.record(pace.commands);
      await pace.spend(piece.operations);
    }
  }

  /** A new buffer with the whole symmetric matrix Σ x xᵀ / count; the caller owns it. */
  mean(): GPUBuffer {
    if (this.#count === 0)
      throw new RangeError(`covariance of ${this.name}: expected at least one row, got none`);
    const { gpu, size } = this;
    const mean = gpu.buffers.createFloats(`mean covariance ${this.name}`, size * size);
    const commands = new Commands(gpu);
    const groups = Math.ceil(size / 16);
    const bound = gpu.pipeline(covarianceMean).bind({ sum: this.sum, mean });
    commands.dispatch(bound, { columns: size, count: this.#count }, [groups, groups]);
    commands.submit();
    return mean;
  }

  destroy(): void {
    this.gpu.buffers.destroy(this.sum);
  }

  *#pieces({ buffer, rows }: Rows, budget: Pace | number) {
    const columns = this.size;
    if (rows < 1 || 4 * rows * columns > buffer.size) {
      throw new RangeError(
        `covariance of ${this.name}: expected rows of ${String(columns)} elements within a buffer of ` +
          `${String(buffer.size / 4)}, got ${String(rows)} rows`,
      );
    }
    const bound = this.gpu.pipeline(covarianceKernel).bind({ X: buffer, sum: this.sum });
    const tilesAcross = Math.ceil(columns / tileSize);
    const tiles = (tilesAcross * (tilesAcross + 1)) / 2;
    const limit = this.gpu.device.limits.maxComputeWorkgroupsPerDimension;
    for (let firstRow = 0; firstRow < rows; firstRow += rowsPerDispatch) {
      const count = Math.min(rowsPerDispatch, rows - firstRow);
      const operationsPerTile = 2 * tileSize * tileSize * count;
      let firstTile = 0;
      while (firstTile < tiles) {
        const wanted = typeof budget === "number" ? budget : budget.items(operationsPerTile);
        const tileCount = Math.min(tiles - firstTile, limit, wanted);
        const values = { rows: count, columns, firstRow, firstTile };
        yield {
          operations: tileCount * operationsPerTile,
          record: (commands: Commands) => {
            commands.dispatch(bound, values, [tileCount]);
          },
        };
        firstTile += tileCount;
      }
    }
    this.#count += rows;
  }
}
