import { Commands } from "../commands";
import type { GpuContext } from "../device";
import { frobeniusDifference } from "../kernels/frobenius-difference";
import { readFloats } from "../readback";

export interface FrobeniusNorms {
  /** ‖A − B‖. */
  readonly difference: number;
  /** ‖A‖. */
  readonly norm: number;
}

const elementsPerWorkgroup = 256 * 64;
const maxWorkgroups = 256;

/** Two buffers that are compared over their first `count` elements. */
export interface ComparedBuffers {
  readonly A: GPUBuffer;
  readonly B: GPUBuffer;
  readonly count: number;
}

/** Frobenius norms of A − B and of A, for all pairs with one reading; partial sums are added in float64. */
export async function frobeniusNorms(
  gpu: GpuContext,
  pairs: readonly ComparedBuffers[],
): Promise<FrobeniusNorms[]> {
  if (pairs.length === 0) return [];
  for (const { A, B, count } of pairs) {
    if (4 * count <= Math.min(A.size, B.size)) continue;
    throw new RangeError(
      `frobeniusNorms: expected ${String(count)} elements, got ${String(A.size / 4)} and ${String(B.size / 4)}`,
    );
  }
  let total = 0;
  const parts = pairs.map((pair) => {
    const groups = Math.ceil(pair.count / elementsPerWorkgroup);
    const workgroups = Math.min(maxWorkgroups, Math.max(1, groups));
    const first = total;
    total += workgroups;
    return { ...pair, workgroups, first };
  });
  const sums = gpu.buffers.createFloats("partial sums", 2 * total);
  try {
    const commands = new Commands(gpu);
    for (const { A, B, ...shape } of parts) {
      const bound = gpu.pipeline(frobeniusDifference).bind({ A, B, sums });
      commands.dispatch(bound, shape, [shape.workgroups]);
    }
    commands.submit();
    const read = await readFloats(gpu, sums, 2 * total);
    return parts.map(({ first, workgroups }) => {
      let [difference, norm] = [0, 0];
      for (let group = first; group < first + workgroups; group++) {
        difference += read[2 * group] ?? 0;
        norm += read[2 * group + 1] ?? 0;
      }
      return { difference: Math.sqrt(difference), norm: Math.sqrt(norm) };
    });
  } finally {
    gpu.buffers.destroy(sums);
  }
}
