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

/** Frobenius norms of A − B and of A, over the first `count` elements; partial sums are added in float64. */
export async function frobeniusNorms(
  gpu: GpuContext,
  A: GPUBuffer,
  B: GPUBuffer,
  count: number,
): Promise<FrobeniusNorms> {
  if (!(4 * count <= Math.min(A.size, B.size))) {
    throw new RangeError(
      `frobeniusNorms: expected ${String(count)} elements, got ${String(A.size / 4)} and ${String(B.size / 4)}`,
    );
  }
  const workgroups = Math.min(maxWorkgroups, Math.max(1, Math.ceil(count / elementsPerWorkgroup)));
  const sums = gpu.buffers.createFloats("partial sums", 2 * workgroups);
  try {
    const commands = new Commands(gpu);
    const bound = gpu.pipeline(frobeniusDifference).bind({ A, B, sums });
    commands.dispatch(bound, { count, workgroups }, [workgroups]);
    commands.submit();
    const parts = await readFloats(gpu, sums, 2 * workgroups);
    let [difference, norm] = [0, 0];
    for (let group = 0; group < workgroups; group++) {
      difference += parts[2 * group] ?? 0;
      norm += parts[2 * group + 1] ?? 0;
    }
    return { difference: Math.sqrt(difference), norm: Math.sqrt(norm) };
  } finally {
    gpu.buffers.destroy(sums);
  }
}
