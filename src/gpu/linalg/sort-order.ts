import type { Commands } from "../commands";
import { sortOrder } from "../kernels/sort-order";

/** Where the key of a position lies: first + matrix·matrixStride + ⌊p/period⌋·periodStride + (p mod period)·stride. */
export interface SortKeys {
  readonly buffer: GPUBuffer;
  readonly first?: number;
  readonly matrixStride?: number;
  readonly stride?: number;
  readonly period?: number;
  readonly periodStride?: number;
}

/** Records sorting `order` [matrices, count] by descending keys into `sorted`; `status` marks matrices to be copied. */
export function sortByKeys(
  commands: Commands,
  keys: SortKeys,
  buffers: { readonly status: GPUBuffer; readonly order: GPUBuffer; readonly sorted: GPUBuffer },
  count: number,
  matrices: number,
): void {
  const { buffer, first = 0, matrixStride = 0, stride = 1, period = 0xffffffff, periodStride = 0 } = keys;
  const bound = commands.gpu.pipeline(sortOrder).bind({ keys: buffer, ...buffers });
  const values = { count, first, matrixStride, period, periodStride, stride };
  commands.dispatch(bound, values, [Math.ceil(count / 256), 1, matrices]);
}

/** The order 0..count-1, once per matrix. */
export function identityOrder(count: number, matrices = 1): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: count * matrices }, (_, i) => i % count);
}
