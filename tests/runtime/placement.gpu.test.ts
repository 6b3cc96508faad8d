import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import type { Graph } from "../../src/graph/types";
import { olmo2Model } from "../../src/stages/model/olmo2-model";
import { readOlmo2Config } from "../../src/stages/model/olmo2-config";
import { vitModel } from "../../src/stages/model/vit-model";
import { readVitConfig } from "../../src/stages/model/vit-config";
import { buildVitStep } from "../../src/training/vit-step";
import { adamW } from "../../src/training/recipes/common";
import { vitStaged } from "../../src/training/recipes/vit-staged";
import olmo2Json from "../fixtures/olmo2-random/config.json";
import configJson from "../fixtures/vit-random/config.json";
import { caseGraph, opCases } from "../support/op-cases";
import { placementOf } from "../support/placement";

async function expectOnGpu(graph: Graph): Promise<void> {
  const { counts, text } = await placementOf(graph);
  expect(Object.keys(counts), text).toEqual(["WebGpuExecutionProvider"]);
  expect(counts["WebGpuExecutionProvider"]).toBeGreaterThan(0);
}

describe("placement on WebGPU", () => {
  it("is read from onnxruntime's log, which tells of nodes on the CPU", async () => {
    const b = new GraphBuilder();
    const x = b.input("x", [3], "int64");
    const y = b.input("y", [3]);
    const graph = b.build("mixed", { sum: b.node("Add", [x, x], {}), exp: b.exp(y) });
    const { counts, text } = await placementOf(graph);
    expect(counts["CPUExecutionProvider"], text).toBe(1);
    expect(counts["WebGpuExecutionProvider"], text).toBeGreaterThan(0);
  });

  const config = readVitConfig(configJson);
  const model = vitModel({ title: "", config, configJson, parameters: new Map(), training: undefined });
  const linears = model.summary.linears.map(({ id }) => id);
  const [everything, , mlpAlone] = vitStaged.phases;

  it.each<[string, () => Graph]>([
    ["the forward graph", () => model.forward(5)],
    ["taps with sampled labels", () => model.taps(5, linears, "sampled").graph],
    ["taps with gold labels", () => model.taps(5, linears, "gold").graph],
    ["activations", () => model.activations(5, linears).graph],
    ["signed gradients", () => model.signedGradients(5, linears).graph],
    ["a training step of all weights", () => buildVitStep(config, 5, everything!, adamW)],
    ["a training step of the MLPs alone", () => buildVitStep(config, 5, mlpAlone!, adamW)],
  ])("puts every node of %s on the GPU", (_, graph) => expectOnGpu(graph()), 120_000);

  const text = olmo2Model({
    title: "",
    config: readOlmo2Config(olmo2Json),
    configJson: olmo2Json,
    parameters: new Map(),
    tokenizer: undefined,
    training: undefined,
  });
  const textLinears = text.summary.linears.map(({ id }) => id);

  it.each<[string, () => Graph]>([
    ["the forward graph", () => text.forward(3, 17)],
    ["taps with sampled labels", () => text.ofLength(17).taps(3, textLinears, "sampled").graph],
    ["taps with gold labels", () => text.ofLength(17).taps(3, textLinears, "gold").graph],
    ["activations", () => text.ofLength(17).activations(3, textLinears).graph],
    ["signed gradients", () => text.ofLength(17).signedGradients(3, textLinears).graph],
    ["reading prompts into a cache", () => text.decoding(3, 16, 48).graph],
    ["decoding one token", () => text.decoding(3, 1, 48).graph],
  ])("puts every node of %s of a language model on the GPU", (_, graph) => expectOnGpu(graph()), 120_000);

  for (const [op, cases] of Object.entries(opCases)) {
    it(`puts ${op} and its gradient on the GPU`, async () => {
      for (const one of cases) await expectOnGpu(caseGraph(new GraphBuilder(), one).graph);
    });
  }
});
