import { Commands } from "../gpu/commands";
import type { GpuContext } from "../gpu/device";
import { CovarianceSum as GpuSum } from "../gpu/linalg/covariance";
import type { Graph } from "../graph/types";
import type { CovarianceSum, CovarianceSums } from "./covariance-sums";
import type { DeviceTensor } from "./device-tensor";
import { bufferOf, gpuTensor } from "./gpu-tensor";
import type { Session } from "./session";
import { SumsByOutput } from "./sums-by-output";

interface DeviceSum extends CovarianceSum {
  /** Adds the first rows of X. */
  add(x: DeviceTensor, rows: number): void;
  destroy(): void;
}

function deviceSum(gpu: GpuContext, name: string, size: number): DeviceSum {
  const sum = new GpuSum(gpu, name, size);
  return {
    size,
    get count() {
      return sum.count;
    },
    mean: () => gpuTensor(gpu, sum.mean(), [size, size]),
    add: (x, rows) => {
      const commands = new Commands(gpu);
      sum.add(commands, { buffer: bufferOf(x), rows });
      commands.submit();
    },
    destroy: () => {
      sum.destroy();
    },
  };
}

/** Sums by the lab's own kernel over what the runs leave on the GPU; nothing is read back. */
export function gpuCovarianceSums(
  gpu: GpuContext,
  sizes: ReadonlyMap<string, number>,
  compile: (graph: Graph) => Promise<Session>,
): CovarianceSums {
  const sums = new SumsByOutput(sizes, (output, size) => deviceSum(gpu, output, size));
  return {
    of: (output) => sums.of(output),
    compile: async (graph) => {
      const parts = sums.ofGraph(graph);
      const session = await compile(graph);
      return {
        run: async (feeds, counted, samples) => {
          const outputs = await session.run(feeds);
          for (const { output, rows, sum } of parts) {
            const x = outputs[output];
            if (x) sum.add(x, (rows / samples) * counted);
          }
          for (const x of Object.values(outputs)) x.release();
        },
        release: () => session.release(),
      };
    },
    release: () => {
      for (const sum of sums) sum.destroy();
    },
  };
}
