import * as ort from "onnxruntime-web/webgpu";
import type { Backend } from "./backend";
import { cpuBackend } from "./cpu-backend";

/**
 * onnxruntime-web's CPU provider: for browsers without WebGPU. Threads are used where the page is cross-origin
 * isolated. It is the same WebAssembly file as WebGPU's, so nothing more is loaded.
 */
export function createWasmBackend(threads: number): Backend {
  ort.env.wasm.numThreads = threads;
  return cpuBackend("wasm", ort, { executionProviders: ["wasm"], graphOptimizationLevel: "all" });
}
