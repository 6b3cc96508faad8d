import { encodeOnnx } from "../../src/graph/onnx";
import type { Graph } from "../../src/graph/types";

/** Where onnxruntime placed the nodes of a graph. */
export interface Placement {
  /** Nodes by execution provider, those that optimisation left. */
  readonly counts: Readonly<Record<string, number>>;
  /** The log's lines about placement, which name the nodes where there is more than one provider. */
  readonly text: string;
}

let worker: Worker | undefined;

/** Compiles a graph for WebGPU and reads from onnxruntime's log where its nodes run; one graph at a time. */
export async function placementOf(graph: Graph): Promise<Placement> {
  worker ??= new Worker(new URL("./placement-worker.ts", import.meta.url), { type: "module" });
  const asked = worker;
  const log = await new Promise<string>((resolve, reject) => {
    asked.onmessage = ({ data }: MessageEvent<{ log?: string; error?: string }>) => {
      if (data.log === undefined) reject(new Error(data.error));
      else resolve(data.log);
    };
    asked.onerror = ({ message }) => {
      reject(new Error(`placement worker: ${message}`));
    };
    asked.postMessage(encodeOnnx(graph));
  });
  const text = log
    .split("\n")
    .filter((line) => line.includes("VerifyEachNodeIsAssignedToAnEp"))
    .join("\n");
  const counts: Record<string, number> = {};
  for (const [, provider = "", count] of text.matchAll(/placed on \[(\w+)\]\. Number of nodes: (\d+)/g)) {
    counts[provider] = (counts[provider] ?? 0) + Number(count);
  }
  return { counts, text };
}
