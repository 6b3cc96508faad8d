import { addCovariance } from "../tensor/reference/covariance";
import { float32, type HostTensor } from "../tensor/host-tensor";
import type { CpuProducts, UpperStrip } from "./cpu-products";
import { hostFloats, type DeviceTensor } from "./device-tensor";
import type { CovarianceSum } from "./linear-algebra";

/**
 * Rows whose products are summed in float32 before they are added in float64. With fewer a product takes longer for each
 * row; what is left of the last ones is worked off slowly.
 */
const chunkRows = 512;

/** Sums of XᵀX that are worked off one chunk after the other, so that other work gets its turn in between. */
export class CpuCovariances {
  readonly #products: CpuProducts;
  readonly #upload: (tensor: HostTensor) => DeviceTensor;
  #queue: Promise<void> = Promise.resolve();
  #failed: Error | undefined;

  constructor(products: CpuProducts, upload: (tensor: HostTensor) => DeviceTensor) {
    this.#products = products;
    this.#upload = upload;
  }

  /** Resolves when every row added so far is in its sum. */
  async settled(): Promise<void> {
    await this.#queue;
    if (this.#failed === undefined) return;
    const failed = this.#failed;
    this.#failed = undefined;
    throw failed;
  }

  sum(name: string, size: number): CovarianceSum {
    /** The upper triangle alone until `finish`, which mirrors it. */
    const sums = new Float64Array(size * size);
    /** Chunks that are not in the sum yet. */
    const waiting = new Set<Float32Array<ArrayBuffer>>();
    let open = new Float32Array(chunkRows * size);
    let openRows = 0;
    let count = 0;
    const close = (): void => {
      const chunk = open;
      waiting.add(chunk);
      open = new Float32Array(chunkRows * size);
      openRows = 0;
      this.#queue = this.#queue.then(async () => {
        if (!waiting.has(chunk)) return;
        try {
          const strips = await this.#products.upperGram(chunk, [chunkRows, size]);
          if (!waiting.delete(chunk)) return;
          for (const strip of strips) addStrip(strip, sums, size);
        } catch (error) {
          this.#failed ??= error instanceof Error ? error : new Error(String(error));
        }
      });
    };
    /** What was not worked off goes in at once, by the slow way. */
    const finish = (): void => {
      for (const chunk of waiting)
        addCovariance(chunk, { rows: chunkRows, size, rowStride: size, offset: 0 }, sums);
      waiting.clear();
      addCovariance(open, { rows: openRows, size, rowStride: size, offset: 0 }, sums);
      openRows = 0;
    };
    return {
      size,
      get count() {
        return count;
      },
      add: (x, { first, count: rows, stride }) => {
        const all = hostFloats(x);
        for (let row = 0; row < rows; row++) {
          const from = (first + row * stride) * size;
          open.set(all.subarray(from, from + size), openRows * size);
          openRows++;
          if (openRows === chunkRows) close();
        }
        count += rows;
      },
      mean: () => {
        if (count === 0) throw new RangeError(`covariance of ${name}: expected at least one row, got none`);
        finish();
        return this.#upload(
          float32(
            [size, size],
            Float32Array.from(sums, (sum) => sum / count),
          ),
        );
      },
      release: () => {
        waiting.clear();
      },
    };
  }
}

/** Adds what a strip holds of the upper triangle. */
function addStrip({ first, rows, columns, values }: UpperStrip, sums: Float64Array, size: number): void {
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    const to = (first + row) * size + first;
    for (let k = row; k < columns; k++) sums[to + k] = (sums[to + k] ?? 0) + (values[from + k] ?? 0);
  }
}
