import type { Graph } from "../../../graph/types";
import type { Backend } from "../../../runtime/backend";
import type { Feeds } from "../../../runtime/session";
import type { TapGraph } from "../../../stages/model/types";

/** Something that is done again and again, its results left where they come to be. */
export interface Work {
  readonly execute: (times: number) => Promise<void>;
  readonly release: () => Promise<void>;
}

/** One graph, run by run, whose outputs stay on the device or are read back. */
export async function forwardWork(
  backend: Backend,
  graph: Graph,
  runs: readonly Feeds[],
  outputs: "device" | "host",
): Promise<Work> {
  const session = await backend.compile(graph, outputs);
  return {
    execute: async (times) => {
      for (let i = 0; i < times; i++) {
        for (const feeds of runs)
          for (const output of Object.values(await session.run(feeds))) output.release();
      }
      await backend.settled();
    },
    release: () => session.release(),
  };
}

/** As factors are collected, run by run: covariances of every row, one for all linears that read the same inputs. */
export async function factorWork(
  backend: Backend,
  { graph, batch }: TapGraph,
  runs: readonly Feeds[],
): Promise<Work> {
  const sums = backend.covarianceSums(new Map(graph.outputs.map(({ name, shape }) => [name, shape[1] ?? 0])));
  const session = await sums.compile(graph);
  return {
    execute: async (times) => {
      for (let i = 0; i < times; i++) for (const feeds of runs) await session.run(feeds, batch, batch);
      await backend.settled();
    },
    release: async () => {
      sums.release();
      await session.release();
    },
  };
}
