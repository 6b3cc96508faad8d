import type { Graph } from "../../../graph/types";
import type { Backend } from "../../../runtime/backend";
import type { DeviceTensor } from "../../../runtime/device-tensor";
import type { CovarianceSum } from "../../../runtime/linear-algebra";
import type { Feeds } from "../../../runtime/session";
import type { TapGraph } from "../../../stages/model/types";

/** Something that is done again and again, its results left where they come to be. */
export interface Work {
  readonly execute: (times: number) => Promise<void>;
  readonly release: () => Promise<void>;
}

/** One graph, whose outputs stay on the device or are read back. */
export async function forwardWork(
  backend: Backend,
  graph: Graph,
  feeds: Feeds,
  outputs: "device" | "host",
): Promise<Work> {
  const session = await backend.compile(graph, outputs);
  return {
    execute: async (times) => {
      for (let i = 0; i < times; i++) {
        for (const output of Object.values(await session.run(feeds))) output.release();
      }
      await backend.settled();
    },
    release: () => session.release(),
  };
}

/** As factors are collected: covariances of every row, one for all linears that read the same inputs; or without. */
export async function tapWork(
  backend: Backend,
  taps: TapGraph,
  feeds: Feeds,
  covariances: boolean,
): Promise<Work> {
  const session = await backend.compile(taps.graph, "device");
  const sums = new Map<string, CovarianceSum>();
  const add = (name: string, size: number): void => {
    if (!sums.has(name)) sums.set(name, backend.linearAlgebra.covarianceSum(name, size));
  };
  for (const { linear, a, g } of covariances ? taps.taps : []) {
    add(a, linear.inputs);
    add(g, linear.outputs);
  }
  return {
    execute: async (times) => {
      for (let i = 0; i < times; i++) {
        const outputs = await session.run(feeds);
        for (const [name, sum] of sums) sum.add(tapped(outputs, name), allRows(tapped(outputs, name)));
        for (const output of Object.values(outputs)) output.release();
      }
      await backend.settled();
    },
    release: async () => {
      for (const sum of sums.values()) sum.release();
      await session.release();
    },
  };
}

function tapped(outputs: Readonly<Record<string, DeviceTensor>>, name: string): DeviceTensor {
  const output = outputs[name];
  if (!output) throw new Error(`bench: the graph has no output ${name}`);
  return output;
}

function allRows({ shape }: DeviceTensor) {
  return { first: 0, count: shape[0] ?? 0, stride: 1 };
}
