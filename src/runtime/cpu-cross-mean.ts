import { float32, type HostTensor } from "../tensor/host-tensor";
import type { CpuProducts } from "./cpu-products";
import { hostFloats, type DeviceTensor } from "./device-tensor";
import type { CrossMean } from "./linear-algebra";

type Upload = (tensor: HostTensor) => DeviceTensor;

/** Rows whose products are summed in float32 before they are added in float64. */
const chunkRows = 256;

/** (v·x)² of the first rows of X along every row v of V. */
export async function cpuSquaredResponses(
  upload: Upload,
  products: CpuProducts,
  x: DeviceTensor,
  count: number,
  v: DeviceTensor,
  signal?: AbortSignal,
): Promise<DeviceTensor> {
  signal?.throwIfAborted();
  const size = x.shape[1] ?? 0;
  const chosen = upload(float32([count, size], hostFloats(x).slice(0, count * size)));
  const responses = await products.product(chosen, v, { a: false, b: true }, signal);
  chosen.release();
  const values = hostFloats(responses);
  for (let k = 0; k < values.length; k++) values[k] = (values[k] ?? 0) ** 2;
  return responses;
}

/** The running mean of x yᵀ, summed in float64. */
export function cpuCrossMean(
  upload: Upload,
  products: CpuProducts,
  name: string,
  rows: number,
  columns: number,
): CrossMean {
  const sums = new Float64Array(rows * columns);
  let count = 0;
  const part = (all: Float32Array<ArrayBuffer>, first: number, taken: number, size: number): DeviceTensor =>
    upload(float32([taken, size], all.slice(first * size, (first + taken) * size)));
  return {
    get count() {
      return count;
    },
    add: async (x, y, signal) => {
      const total = x.shape[0] ?? 0;
      const added = new Float64Array(sums.length);
      for (let first = 0; first < total; first += chunkRows) {
        const taken = Math.min(chunkRows, total - first);
        const [X, Y] = [part(hostFloats(x), first, taken, rows), part(hostFloats(y), first, taken, columns)];
        const product = await products.product(X, Y, { a: true, b: false }, signal);
        const values = hostFloats(product);
        for (let k = 0; k < added.length; k++) added[k] = (added[k] ?? 0) + (values[k] ?? 0);
        for (const tensor of [X, Y, product]) tensor.release();
      }
      // All or nothing: what was stopped in its midst is not counted.
      for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] ?? 0) + (added[k] ?? 0);
      count += total;
    },
    mean: () => {
      if (count === 0) throw new RangeError(`${name}: expected at least one row, got none`);
      return upload(
        float32(
          [rows, columns],
          Float32Array.from(sums, (sum) => sum / count),
        ),
      );
    },
    release: () => undefined,
  };
}
