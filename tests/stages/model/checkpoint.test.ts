import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { memorySource } from "../../../src/files/byte-source";
import { openSafetensors, readSafetensors } from "../../../src/files/safetensors";
import { writeSafetensors } from "../../../src/files/safetensors-writer";
import { hostFloats } from "../../../src/runtime/device-tensor";
import { createNodeBackend } from "../../../src/runtime/node";
import { CheckpointError, loadCheckpoint, loadVit } from "../../../src/stages/model/checkpoint";
import { canonicalVitName } from "../../../src/stages/model/vit-names";
import { float32, type HostTensor } from "../../../src/tensor/host-tensor";
import { ConfigError } from "../../../src/stages/model/config-json";
import olmo2Config from "../../fixtures/olmo2-random/config.json";
import config from "../../fixtures/vit-random/config.json";

const url = new URL("../../fixtures/vit-random/model.safetensors", import.meta.url);
const original = readSafetensors(Uint8Array.from(readFileSync(url))).tensors;
const context = { signal: new AbortController().signal, onProgress: () => undefined };

async function load(tensors: ReadonlyMap<string, HostTensor>, floats: "F32" | "F16" = "F32") {
  const file = memorySource("model.safetensors", writeSafetensors(tensors, { floats }));
  const checkpoint = { title: "t", config, weights: await openSafetensors(file), training: undefined };
  return loadVit(createNodeBackend(), checkpoint, context);
}

const renamed = (rename: (name: string) => string) =>
  new Map([...original].map(([name, tensor]) => [rename(name), tensor]));

/** Names as transformers writes them from version 5 on. */
function version5(name: string): string {
  return name
    .replace("vit.encoder.layer.", "vit.layers.")
    .replace("attention.attention.query", "attention.q_proj")
    .replace("attention.attention.key", "attention.k_proj")
    .replace("attention.attention.value", "attention.v_proj")
    .replace("attention.output.dense", "attention.o_proj")
    .replace("intermediate.dense", "mlp.fc1")
    .replace(/(layers\.\d+)\.output\.dense/, "$1.mlp.fc2");
}

describe("a ViT checkpoint", () => {
  it.each<[string, (name: string) => string]>([
    ["before version 5 of transformers", (name) => name],
    ["from version 5 on", version5],
    ["of a bare encoder", (name) => name.replace(/^vit\./, "")],
    ["of a DeiT", (name) => name.replace(/^vit\./, "deit.")],
  ])("with the names %s loads to the same parameters", async (_, rename) => {
    const { parameters, summary } = await load(renamed(rename));
    expect([...parameters.keys()].sort()).toEqual([...original.keys()].sort());
    for (const [name, { data }] of original) expect(hostFloats(parameters.get(name)!)).toEqual(data);
    expect(summary).toMatchObject({ layers: 3, hiddenSize: 48, architecture: "ViTForImageClassification" });
    expect(summary.parameters).toBe([...original.values()].reduce((sum, { data }) => sum + data.length, 0));
    expect(summary.linears.map(({ id }) => id).every((id) => original.has(id))).toBe(true);
    expect(summary.linears.length).toBe(18);
  });

  it("names differ between the schemes, so that the test above tests something", () => {
    const changed = [...original.keys()].filter((name) => version5(name) !== name);
    expect(changed.length).toBe(48);
    for (const name of changed) expect(canonicalVitName(version5(name))).toBe(name);
    expect(canonicalVitName("pooler.dense.weight")).toBe("pooler.dense.weight");
  });

  it("ignores tensors that it has no use for", async () => {
    const { parameters } = await load(new Map([...original, ["vit.pooler.dense.weight", float32([1], [1])]]));
    expect(parameters.size).toBe(56);
  });

  it("in float16 loads as float32 with float16's error", async () => {
    const { parameters } = await load(original, "F16");
    const name = "classifier.weight";
    const half = hostFloats(parameters.get(name)!);
    const exact = original.get(name)!.data as Float32Array;
    expect(half).not.toEqual(exact);
    half.forEach((w, k) =>
      expect(Math.abs(w - exact[k]!)).toBeLessThanOrEqual(2 ** -11 * Math.abs(exact[k]!) + 2 ** -25),
    );
  });

  const changed = (name: string, tensor: HostTensor | undefined) => {
    const tensors = new Map(original);
    if (tensor) tensors.set(name, tensor);
    else tensors.delete(name);
    return tensors;
  };

  it("that lacks tensors is refused by count and name", async () => {
    const name = "vit.encoder.layer.1.output.dense.weight";
    await expect(load(changed(name, undefined))).rejects.toThrow(
      `model.safetensors lacks 1 of 56 tensors the configuration asks for: ${name}`,
    );
    await expect(load(new Map([...original].slice(0, 10)))).rejects.toThrow(/lacks 46 of 56 .* and 43 more/);
    await expect(load(changed(name, undefined))).rejects.toThrow(CheckpointError);
  });

  it("with a tensor of another shape is refused by name and shapes", async () => {
    const name = "classifier.weight";
    await expect(load(changed(name, float32([48, 7], new Float32Array(336))))).rejects.toThrow(
      "model.safetensors: classifier.weight is 48×7, but config.json makes it 7×48",
    );
  });

  it("with values that are not finite is refused by name", async () => {
    const bias = new Float32Array(7);
    bias[3] = Number.NaN;
    await expect(load(changed("classifier.bias", float32([7], bias)))).rejects.toThrow(
      "classifier.bias holds values that are not finite",
    );
  });

  it("stops loading at an abort", async () => {
    const controller = new AbortController();
    const file = memorySource("model.safetensors", writeSafetensors(original));
    const checkpoint = { title: "t", config, weights: await openSafetensors(file), training: undefined };
    let loaded = 0;
    const stopping = loadVit(createNodeBackend(), checkpoint, {
      signal: controller.signal,
      onProgress: (done) => {
        loaded = done;
        if (done === 5) controller.abort(new DOMException("stopped", "AbortError"));
      },
    });
    await expect(stopping).rejects.toThrow("stopped");
    expect(loaded).toBe(5);
  });
});

describe("an OLMo-2 checkpoint", () => {
  const olmo2Url = new URL("../../fixtures/olmo2-random/model.safetensors", import.meta.url);
  const stored = readSafetensors(Uint8Array.from(readFileSync(olmo2Url))).tensors;
  const tied = { ...olmo2Config, tie_word_embeddings: true };
  const without = (...names: string[]) => new Map([...stored].filter(([name]) => !names.includes(name)));

  async function loadAny(tensors: ReadonlyMap<string, HostTensor>, json: unknown = olmo2Config) {
    const weights = await openSafetensors(memorySource("model.safetensors", writeSafetensors(tensors)));
    const checkpoint = { title: "t", config: json, weights, training: undefined };
    return loadCheckpoint(createNodeBackend(), checkpoint, context);
  }

  it("is known by config.json, as a ViT is", async () => {
    const model = await loadAny(stored);
    expect(model).toMatchObject({
      modality: "text",
      summary: { architecture: "Olmo2ForCausalLM", vocabulary: 97, contextLength: 64, layers: 3 },
    });
    for (const [name, { data }] of stored) expect(hostFloats(model.parameters.get(name)!)).toEqual(data);
    expect(model.summary.parameters).toBe(
      [...stored.values()].reduce((sum, { data }) => sum + data.length, 0),
    );
    expect((await loadAny(original, config)).modality).toBe("images");
  });

  it("of another architecture is refused with what the lab reads", async () => {
    await expect(loadAny(stored, { model_type: "llama" })).rejects.toThrow(ConfigError);
    await expect(loadAny(stored, { model_type: "llama" })).rejects.toThrow(
      'model_type is "llama"; the lab reads',
    );
    await expect(loadAny(stored, "text")).rejects.toThrow("model_type is missing");
  });

  it("needs no head of its own where it is tied to the embedding", async () => {
    const model = await loadAny(without("lm_head.weight"), tied);
    expect(model.parameters.has("lm_head.weight")).toBe(false);
    expect(model.summary.parameters).toBe(
      [...without("lm_head.weight").values()].reduce((sum, { data }) => sum + data.length, 0),
    );
    await expect(loadAny(without("lm_head.weight"))).rejects.toThrow(
      "model.safetensors lacks 1 of 36 tensors the configuration asks for: lm_head.weight",
    );
  });

  it("saved without its head loads where the head is tied", async () => {
    const bare = new Map(
      [...without("lm_head.weight")].map(([name, t]) => [name.replace(/^model\./, ""), t]),
    );
    const { parameters } = await loadAny(bare, tied);
    expect([...parameters.keys()].sort()).toEqual([...without("lm_head.weight").keys()].sort());
  });

  it("that lacks tensors, or has one of another shape, is refused by name", async () => {
    const name = "model.layers.2.self_attn.k_norm.weight";
    await expect(loadAny(without(name))).rejects.toThrow(CheckpointError);
    await expect(loadAny(without(name))).rejects.toThrow(
      `lacks 1 of 36 tensors the configuration asks for: ${name}`,
    );
    const wide = new Map([...stored, [name, float32([32], new Float32Array(32))]]);
    await expect(loadAny(wide)).rejects.toThrow(`${name} is 32, but config.json makes it 16`);
  });
});
