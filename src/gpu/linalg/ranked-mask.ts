import type { RankedCut } from "../../tensor/ranked-elements";
import type { Commands } from "../commands";
import { rankedMask } from "../kernels/ranked-mask";

/** Records kept[j, i] = C[j, i] where the score ranks within the cut, else 0; all are float32 [rows, columns]. */
export function maskRanked(
  commands: Commands,
  buffers: { readonly C: GPUBuffer; readonly scores: GPUBuffer; readonly kept: GPUBuffer },
  { threshold, last }: RankedCut,
  rows: number,
  columns: number,
): void {
  const bound = commands.gpu.pipeline(rankedMask).bind(buffers);
  commands.dispatch(bound, { rows, columns, threshold, last }, [Math.ceil(columns / 256), rows]);
}
