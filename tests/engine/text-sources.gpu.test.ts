import { expect, it } from "vitest";
import { Pipeline } from "../../src/engine/pipeline";
import { memorySource } from "../../src/files/byte-source";
import { openSafetensors } from "../../src/files/safetensors";
import { writeSafetensors } from "../../src/files/safetensors-writer";
import type { TextRecipe } from "../../src/recipe/schema";
import { withSource } from "../../src/recipe/text-source";
import { createWebGpuBackend } from "../../src/runtime/webgpu";
import { openTokenizer } from "../../src/stages/data/tokenizer";
import type { EditSpec } from "../../src/stages/edit/types";
import { loadOlmo2 } from "../../src/stages/model/checkpoint";
import { olmo2ConfigJson, type Olmo2Config } from "../../src/stages/model/olmo2-config";
import { textExample } from "../recipe/text-example";
import { sharedGpu } from "../support/gpu";
import { olmo2Weights, tinyOlmo2 } from "../support/tiny-olmo2";

/** A tiny model that reads with the shipped tokenizer; its widths are multiples of four, so that no buffer is rounded up. */
const config: Olmo2Config = {
  ...tinyOlmo2,
  vocabulary: 1536,
  hiddenSize: 20,
  intermediateSize: 28,
  layers: 2,
  heads: 2,
  headSize: 10,
  contextLength: 160,
};
const linears = ["gate", "up", "down"].map((role) => `model.layers.1.mlp.${role}_proj.weight`);
const kfac: EditSpec = { method: "kfac", linears, energy: 0.8, selection: "pairs" };
const recipe: TextRecipe = {
  ...textExample,
  data: { ...textExample.data, pieces: 4000, plants: 2, quotes: 2 },
  factors: { ...textExample.factors, linears, windows: 2 },
  edits: [{ method: "none" }, kfac],
  evaluation: { planted: 1, heldOut: 0, quotes: 0, freshWindows: 1 },
};
const corrected: TextRecipe = { ...recipe, edits: [{ method: "none" }, { ...kfac, ranking: "ekfac" }] };
const signal = new AbortController().signal;

async function shipped(name: string): Promise<string> {
  return (await fetch(`/models/olmo-planted/${name}`)).text();
}

it(
  "factors of several texts take the bytes on the device that are told of each, and give them back",
  { timeout: 240_000 },
  async () => {
    const { device } = await sharedGpu();
    const backend = createWebGpuBackend(device);
    const tokenizer = openTokenizer(await shipped("tokenizer.json"), await shipped("tokenizer_config.json"));
    const pipeline = new Pipeline(backend, async (_, on, context) => {
      const weights = await openSafetensors(memorySource("tiny", writeSafetensors(olmo2Weights(config, 1))));
      const checkpoint = {
        title: "tiny",
        config: olmo2ConfigJson(config),
        weights,
        tokenizer,
        training: undefined,
      };
      return loadOlmo2(on, checkpoint, context);
    });
    const collect = (of: TextRecipe): Promise<void> => pipeline.run(of, signal, () => undefined, "spectrum");
    const told = (source: string): number => pipeline.factorsOf(withSource(recipe, source)).bytes;

    await collect(recipe);
    pipeline.keepBeside(recipe, ["fresh", "mixture"]);
    const one = backend.deviceBytes();
    expect(told("fresh")).toBeGreaterThan(0);
    expect(told("mixture")).toBe(0);

    await collect(withSource(recipe, "mixture"));
    const two = backend.deviceBytes();
    expect(two - one).toBe(told("mixture"));

    // A second pass over the data adds corrected curvature to one of them.
    const plain = told("mixture");
    await collect(withSource(corrected, "mixture"));
    const more = backend.deviceBytes();
    expect(more - two).toBe(told("mixture") - plain);
    expect(more).toBeGreaterThan(two);

    const [fresh, mixture] = [told("fresh"), told("mixture")];
    pipeline.keepBeside(recipe, ["fresh"]);
    expect(more - backend.deviceBytes()).toBe(mixture);
    pipeline.keepBeside(withSource(recipe, "mixture"), []);
    expect(more - backend.deviceBytes()).toBe(mixture + fresh);

    await pipeline.release();
    expect(backend.deviceBytes()).toBe(0);
  },
);
