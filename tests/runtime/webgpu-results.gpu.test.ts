import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import type { Graph } from "../../src/graph/types";
import type { Backend } from "../../src/runtime/backend";
import { createWasmBackend } from "../../src/runtime/wasm";
import { createWebGpuBackend } from "../../src/runtime/webgpu";
import { olmo2Model } from "../../src/stages/model/olmo2-model";
import { readOlmo2Config } from "../../src/stages/model/olmo2-config";
import { readVitConfig } from "../../src/stages/model/vit-config";
import { vitModel } from "../../src/stages/model/vit-model";
import { float32, int32, int64, type HostTensor } from "../../src/tensor/host-tensor";
import { RandomStream } from "../../src/tensor/random";
import { sizeOf } from "../../src/tensor/shape";
import { adamW } from "../../src/training/recipes/common";
import { vitStaged } from "../../src/training/recipes/vit-staged";
import { buildVitStep } from "../../src/training/vit-step";
import olmo2Json from "../fixtures/olmo2-random/config.json";
import configJson from "../fixtures/vit-random/config.json";
import { sharedGpu } from "../support/gpu";
import { relativeDistance } from "../support/matrices";
import { caseGraph, opCases } from "../support/op-cases";

type Feeds = Readonly<Record<string, HostTensor>>;

const cpu = createWasmBackend(1);
const gpu = sharedGpu().then(({ device }) => createWebGpuBackend(device));

async function outputsOf(backend: Backend, graph: Graph, feeds: Feeds): Promise<Map<string, Float32Array>> {
  const session = await backend.compile(graph, "device");
  const fed = Object.entries(feeds).map(([name, tensor]) => [name, backend.upload(tensor)] as const);
  const outputs = new Map<string, Float32Array>();
  for (const [name, tensor] of Object.entries(await session.run(Object.fromEntries(fed)))) {
    outputs.set(name, await backend.download(tensor));
    tensor.release();
  }
  for (const [, tensor] of fed) tensor.release();
  await session.release();
  return outputs;
}

/** Largest relative distance of an output on the GPU from the same one on the CPU, and which output that is. */
async function worstOf(graph: Graph, feeds: Feeds): Promise<readonly [error: number, output: string]> {
  const expected = await outputsOf(cpu, graph, feeds);
  const actual = await outputsOf(await gpu, graph, feeds);
  expect([...actual.keys()].sort()).toEqual(graph.outputs.map(({ name }) => name).sort());
  let worst = -1;
  let output = "";
  for (const [name, reference] of expected) {
    // An output of zeros has no relative distance.
    const scale = Math.hypot(...reference) === 0 ? Float32Array.of(1) : reference;
    const values = actual.get(name)!;
    const error = scale === reference ? relativeDistance(values, reference) : Math.hypot(...values);
    if (!(error <= worst)) [worst, output] = [error, name];
  }
  return [worst, output];
}

describe("an op on WebGPU equals the same on the CPU, and so does its gradient:", () => {
  for (const [op, cases] of Object.entries(opCases)) {
    it(`${op}, within 1e-5`, async () => {
      for (const one of cases) {
        const { graph, feeds } = caseGraph(new GraphBuilder(), one);
        const [error, output] = await worstOf(graph, feeds);
        expect(error, output).toBeLessThan(1e-5);
      }
    });
  }
});

describe("a whole graph on WebGPU equals the same on the CPU:", () => {
  const config = readVitConfig(configJson);
  const model = vitModel({ title: "", config, configJson, parameters: new Map(), training: undefined });
  const linears = model.summary.linears.map(({ id }) => id);

  const textConfig = readOlmo2Config(olmo2Json);
  const text = olmo2Model({
    title: "",
    config: textConfig,
    configJson: olmo2Json,
    parameters: new Map(),
    tokenizer: undefined,
    training: undefined,
  });
  const textLinears = text.summary.linears.map(({ id }) => id);

  /** Random values for every input: weights around their usual size, labels, uniforms, positive second moments. */
  function feedsFor(graph: Graph): Feeds {
    const random = new RandomStream(3);
    return Object.fromEntries(
      graph.inputs.map(({ name, shape, dtype }): [string, HostTensor] => {
        const values = (draw: () => number): number[] => Array.from({ length: sizeOf(shape) }, draw);
        if (dtype === "int32")
          return [
            name,
            int32(
              shape,
              values(() => random.integer(config.classNames.length)),
            ),
          ];
        if (dtype === "int64")
          return [
            name,
            int64(
              shape,
              values(() => random.integer(textConfig.vocabulary)),
            ),
          ];
        if (name === "positions") return [name, float32(shape, [0, 1, 2, 7, 8, 9, 13, 14, 15])];
        if (name === "read") return [name, float32(shape, [1, 7, 15])];
        if (name === "uniforms")
          return [
            name,
            float32(
              shape,
              values(() => random.uniform()),
            ),
          ];
        if (name === "pixel_values")
          return [
            name,
            float32(
              shape,
              values(() => random.normal()),
            ),
          ];
        if (name === "learning_rate") return [name, float32(shape, [1e-2])];
        if (name.startsWith("correction")) return [name, float32(shape, [1.5])];
        if (name.startsWith("second_moment."))
          return [
            name,
            float32(
              shape,
              values(() => 1e-4 * random.uniform()),
            ),
          ];
        const centre = name.includes("norm") && name.endsWith(".weight") ? 1 : 0;
        return [
          name,
          float32(
            shape,
            values(() => centre + 0.1 * random.normal()),
          ),
        ];
      }),
    );
  }

  it.each<[string, () => Graph]>([
    ["taps of every linear with sampled labels", () => model.taps(5, linears, "sampled").graph],
    ["taps of every linear with gold labels", () => model.taps(5, linears, "gold").graph],
    [
      "taps of every linear of a language model with sampled labels",
      () => text.ofLength(7).taps(3, textLinears, "sampled").graph,
    ],
    ["signed gradients of every linear", () => model.signedGradients(5, linears).graph],
    [
      "signed gradients of every linear of a language model",
      () => text.ofLength(7).signedGradients(3, textLinears).graph,
    ],
    ["reading tokens into a cache", () => text.decoding(3, 3, 16).graph],
    ["a training step", () => buildVitStep(config, 5, vitStaged.phases[0]!, adamW)],
  ])("%s, every output within 1e-4", { timeout: 180_000 }, async (_, build) => {
    const graph = build();
    const [error, output] = await worstOf(graph, feedsFor(graph));
    expect(error, output).toBeLessThan(1e-4);
  });
});
