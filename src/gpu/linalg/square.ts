import type { Commands } from "../commands";
import { square } from "../kernels/square";

/** Records x[k] = x[k]² for every element of x [rows, columns]. */
export function squareInPlace(commands: Commands, x: GPUBuffer, rows: number, columns: number): void {
  const bound = commands.gpu.pipeline(square).bind({ x });
  commands.dispatch(bound, { rows, columns }, [Math.ceil(columns / 256), rows]);
}
