import type { Commands } from "../commands";
import { staircaseMask } from "../kernels/staircase-mask";

/** Records kept[j, i] = C[j, i] where j < boundary[i], else 0; C and kept are [outputs, inputs], boundary u32 [inputs]. */
export function maskStaircase(
  commands: Commands,
  buffers: { readonly C: GPUBuffer; readonly boundary: GPUBuffer; readonly kept: GPUBuffer },
  outputs: number,
  inputs: number,
): void {
  const bound = commands.gpu.pipeline(staircaseMask).bind(buffers);
  commands.dispatch(bound, { outputs, inputs }, [Math.ceil(inputs / 256), outputs]);
}
