import { describe } from "vitest";
import { createWasmBackend } from "../../src/runtime/wasm";
import { createWebGpuBackend } from "../../src/runtime/webgpu";
import { sharedGpu } from "../support/gpu";
import { claimCovarianceSums } from "./covariance-sums-claims";

describe("on WebGPU", () => {
  claimCovarianceSums(async () => createWebGpuBackend((await sharedGpu()).device));
});

describe("on WebAssembly", () => {
  claimCovarianceSums(() => Promise.resolve(createWasmBackend(2)));
});
