import * as ort from "onnxruntime-node";
import type { Backend } from "./backend";
import { cpuBackend } from "./cpu-backend";

export interface NodeOptions {
  /** Threads of one operator; 1 is the most economical for small models. */
  readonly threads?: number;
}

/** onnxruntime's CPU provider in Node: training, the command line, and the reference of the tests. */
export function createNodeBackend({ threads = 1 }: NodeOptions = {}): Backend {
  return cpuBackend("node", ort, {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
  });
}
