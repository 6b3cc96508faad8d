import { expect, it } from "vitest";
import { verifyFolder } from "../../src/engine/verify";
import { createWebGpuBackend } from "../../src/runtime/webgpu";
import config from "../fixtures/vit-random/config.json";
import expectedUrl from "../fixtures/vit-random/expected.safetensors?url";
import weightsUrl from "../fixtures/vit-random/model.safetensors?url";
import { sharedGpu } from "../support/gpu";

async function bytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

it("agrees with PyTorch within 1e-4 on WebGPU, from the logits to the edited weights", async () => {
  const { device } = await sharedGpu();
  const backend = createWebGpuBackend(device);
  const folder = { config, weights: await bytes(weightsUrl), expected: await bytes(expectedUrl) };
  const context = { signal: new AbortController().signal, onProgress: () => undefined };
  const rows = await verifyFolder(backend, folder, context);
  expect(rows.filter(({ pass }) => !pass)).toEqual([]);
  expect(rows.map(({ tolerance }) => tolerance)).toEqual(new Array(12).fill(1e-4));
  expect(rows.reduce((sum, { tensors }) => sum + tensors, 0)).toBe(148);
}, 300_000);
