import type { InferenceSession, Tensor } from "onnxruntime-common";
import type { Graph } from "../graph/types";
import { formatShape, sameShape } from "../tensor/shape";
import { wrapTensor, type DeviceTensor } from "./device-tensor";

export type Feeds = Readonly<Record<string, DeviceTensor>>;

/** A graph that onnxruntime has compiled. Runs are sequential; outputs belong to the caller. */
export interface Session {
  readonly graph: Graph;
  /**
   * Runs the graph on feeds named as its inputs; feeds it does not have are ignored.
   * @throws Error naming an input that is missing or has another shape.
   */
  run(feeds: Feeds): Promise<Readonly<Record<string, DeviceTensor>>>;
  release(): Promise<void>;
}

export function wrapSession(graph: Graph, session: InferenceSession): Session {
  const collect = (feeds: Feeds): Record<string, Tensor> => {
    const tensors: Record<string, Tensor> = {};
    for (const input of graph.inputs) {
      const feed = feeds[input.name];
      if (!feed) throw new Error(`${graph.name}: input ${input.name} is missing`);
      if (!sameShape(feed.shape, input.shape)) {
        throw new Error(
          `${graph.name}: input ${input.name} is ${formatShape(feed.shape)}, expected ${formatShape(input.shape)}`,
        );
      }
      tensors[input.name] = feed.tensor;
    }
    return tensors;
  };
  return {
    graph,
    run: async (feeds) => {
      const outputs = await session.run(collect(feeds));
      return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, wrapTensor(tensor)]));
    },
    release: () => session.release(),
  };
}
