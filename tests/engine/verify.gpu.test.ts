import { expect, it } from "vitest";
import { verifyFolder } from "../../src/engine/verify";
import { createWasmBackend } from "../../src/runtime/wasm";
import { createWebGpuBackend } from "../../src/runtime/webgpu";
import olmo2Config from "../fixtures/olmo2-random/config.json";
import olmo2ExpectedUrl from "../fixtures/olmo2-random/expected.safetensors?url";
import olmo2WeightsUrl from "../fixtures/olmo2-random/model.safetensors?url";
import vitConfig from "../fixtures/vit-random/config.json";
import vitExpectedUrl from "../fixtures/vit-random/expected.safetensors?url";
import vitWeightsUrl from "../fixtures/vit-random/model.safetensors?url";
import { sharedGpu } from "../support/gpu";

async function bytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

const backends = {
  WebGPU: async () => createWebGpuBackend((await sharedGpu()).device),
  WebAssembly: () => Promise.resolve(createWasmBackend(2)),
};
const vit = [vitConfig, vitWeightsUrl, vitExpectedUrl, 148] as const;
const olmo2 = [olmo2Config, olmo2WeightsUrl, olmo2ExpectedUrl, 173] as const;

it.each([
  ["a random ViT", 1e-4, "WebGPU", ...vit],
  ["a random OLMo-2", 1e-4, "WebGPU", ...olmo2],
  ["a random ViT", 1e-5, "WebAssembly", ...vit],
  ["a random OLMo-2", 1e-5, "WebAssembly", ...olmo2],
] as const)(
  "agrees with PyTorch about %s within %s on %s, from the logits to the edited weights",
  async (_, within, on, config, weightsUrl, expectedUrl, tensors) => {
    const backend = await backends[on]();
    const folder = { config, weights: await bytes(weightsUrl), expected: await bytes(expectedUrl) };
    const context = { signal: new AbortController().signal, onProgress: () => undefined };
    const rows = await verifyFolder(backend, folder, context);
    expect(rows.filter(({ pass }) => !pass)).toEqual([]);
    expect(rows.map(({ tolerance }) => tolerance)).toEqual(new Array(12).fill(within));
    expect(rows.reduce((sum, row) => sum + row.tensors, 0)).toBe(tensors);
  },
  300_000,
);
