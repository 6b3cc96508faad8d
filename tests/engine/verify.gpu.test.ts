import { expect, it } from "vitest";
import { verifyFolder } from "../../src/engine/verify";
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

it.each([
  ["a random ViT", vitConfig, vitWeightsUrl, vitExpectedUrl, 148],
  ["a random OLMo-2", olmo2Config, olmo2WeightsUrl, olmo2ExpectedUrl, 173],
])(
  "agrees with PyTorch about %s within 1e-4 on WebGPU, from the logits to the edited weights",
  async (_, config, weightsUrl, expectedUrl, tensors) => {
    const { device } = await sharedGpu();
    const backend = createWebGpuBackend(device);
    const folder = { config, weights: await bytes(weightsUrl), expected: await bytes(expectedUrl) };
    const context = { signal: new AbortController().signal, onProgress: () => undefined };
    const rows = await verifyFolder(backend, folder, context);
    expect(rows.filter(({ pass }) => !pass)).toEqual([]);
    expect(rows.map(({ tolerance }) => tolerance)).toEqual(new Array(12).fill(1e-4));
    expect(rows.reduce((sum, row) => sum + row.tensors, 0)).toBe(tensors);
  },
  300_000,
);
