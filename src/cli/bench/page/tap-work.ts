import type { Graph } from "../../../graph/types";
import type { Backend } from "../../../runtime/backend";
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
  { graph, batch }: TapGraph,
  feeds: Feeds,
  covariances: boolean,
): Promise<Work> {
  if (!covariances) return forwardWork(backend, graph, feeds, "device");
  const sums = backend.covarianceSums(new Map(graph.outputs.map(({ name, shape }) => [name, shape[1] ?? 0])));
  const session = await sums.compile(graph);
  return {
    execute: async (times) => {
      for (let i = 0; i < times; i++) await session.run(feeds, batch, batch);
      await backend.settled();
    },
    release: async () => {
      sums.release();
      await session.release();
    },
  };
}
