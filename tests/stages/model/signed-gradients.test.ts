import { describe, expect, it } from "vitest";
import { createNodeBackend } from "../../../src/runtime/node";
import { olmo2Model } from "../../../src/stages/model/olmo2-model";
import { readVitConfig } from "../../../src/stages/model/vit-config";
import { vitModel } from "../../../src/stages/model/vit-model";
import type { SignedGradientGraph, Tapped } from "../../../src/stages/model/types";
import { float32, int32, int64, type HostTensor } from "../../../src/tensor/host-tensor";
import { RandomStream } from "../../../src/tensor/random";
import configJson from "../../fixtures/vit-random/config.json";
import { relativeDistance } from "../../support/matrices";
import { referenceLoss } from "../../support/olmo2-reference";
import { floats, readFixture } from "../../support/safetensors-fixture";
import { olmo2Weights, referenceModel, wideHeadedOlmo2 } from "../../support/tiny-olmo2";

const backend = createNodeBackend();

async function run(
  graph: SignedGradientGraph,
  model: Tapped,
  feeds: Readonly<Record<string, HostTensor>>,
): Promise<Map<string, Float32Array>> {
  const session = await backend.compile(graph.graph, "host");
  const uploaded = Object.entries(feeds).map(([name, tensor]) => [name, backend.upload(tensor)] as const);
  const outputs = await session.run({
    ...Object.fromEntries(model.parameters),
    ...Object.fromEntries(uploaded),
  });
  await session.release();
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of Object.entries(outputs)) values.set(name, await backend.download(tensor));
  return values;
}

describe("signed gradients of a language model", () => {
  const config = wideHeadedOlmo2;
  const tensors = olmo2Weights(config, 3);
  const [windows, length] = [3, 5];
  const random = new RandomStream(4);
  const tokens = () =>
    Array.from({ length: windows }, () => Array.from({ length }, () => random.integer(config.vocabulary)));
  const [ids, labels, signs] = [tokens(), tokens(), [1, -1, 0]];
  const model = olmo2Model({
    title: "",
    config,
    configJson: {},
    parameters: new Map([...tensors].map(([name, tensor]) => [name, backend.upload(tensor)])),
    tokenizer: undefined,
    training: undefined,
  }).ofLength(length);
  const linears = model.summary.linears.map(({ id }) => id);

  it(
    "are those of differences in float64, and losses are means over each window",
    { timeout: 60_000 },
    async () => {
      const graph = model.signedGradients(windows, linears);
      expect(graph.labelRows).toBe(length);
      const outputs = await run(graph, model, {
        [graph.input]: int64([windows * length, 1], ids.flat()),
        labels: int32([windows * length], labels.flat()),
        signs: float32([windows], signs),
      });
      const reference = referenceModel(config, tensors);
      const lossOf = (window: number) => referenceLoss(reference, ids[window]!, labels[window]!) / length;
      for (let window = 0; window < windows; window++)
        expect(Math.abs(outputs.get("losses")![window]! / lossOf(window) - 1)).toBeLessThan(1e-6);
      const signed = () => lossOf(0) - lossOf(1);
      const chosen = new RandomStream(5);
      for (const { linear, name } of graph.gradients) {
        const gradients = outputs.get(name)!;
        const values = reference.weights.get(linear.id)!;
        expect(gradients).toHaveLength(linear.outputs * linear.inputs);
        for (let trial = 0; trial < 3; trial++) {
          const entry = chosen.integer(values.length);
          const exact = values[entry]!;
          const at = (step: number) => {
            values[entry] = exact + step;
            const moved = signed();
            values[entry] = exact;
            return moved;
          };
          const h = 1e-3;
          const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
          expect(Math.abs(gradients[entry]! - slope), `${name}[${entry}]`).toBeLessThan(
            1e-5 * Math.hypot(...gradients),
          );
        }
      }
    },
  );

  it("refuses a linear that the model does not have", () => {
    expect(() => model.signedGradients(1, ["model.norm.weight"])).toThrow("model.norm.weight is no linear");
  });
});

describe("signed gradients of an image classifier", () => {
  const config = readVitConfig(configJson);
  const weights = readFixture("vit-random/model.safetensors");
  const model = vitModel({
    title: "",
    config,
    configJson,
    parameters: new Map(
      [...weights].map(([name, { shape }]) => [name, backend.upload(float32(shape, floats(weights, name)))]),
    ),
    training: undefined,
  });
  const linears = model.summary.linears.map(({ id }) => id);
  const random = new RandomStream(6);
  const pixels = Array.from({ length: 3 }, () =>
    Array.from({ length: config.channels * config.imageSize ** 2 }, () => random.normal()),
  );
  const labels = [1, 0, 2];
  const outputsOf = async (images: readonly number[], signs: readonly number[]) => {
    const graph = model.signedGradients(images.length, linears);
    return run(graph, model, {
      [graph.input]: float32(
        model.imageShape(images.length),
        images.flatMap((image) => pixels[image]!),
      ),
      labels: int32(
        [images.length],
        images.map((image) => labels[image]!),
      ),
      signs: float32([images.length], signs),
    });
  };

  it("are sums of those of single images, each with its sign", async () => {
    const single = await Promise.all([0, 1, 2].map((image) => outputsOf([image], [1])));
    const together = await outputsOf([0, 1, 2], [1, -1, 0]);
    for (const [name, values] of together) {
      const [first, second, third] = single.map((outputs) => outputs.get(name)!);
      const expected =
        name === "losses" ? [first![0]!, second![0]!, third![0]!] : first!.map((x, k) => x - second![k]!);
      expect(relativeDistance(values, expected), name).toBeLessThan(1e-5);
    }
  });

  it("are those that PyTorch computed, where all signs are one", async () => {
    const expected = readFixture("vit-random/expected.safetensors");
    const names = [...expected.keys()].filter((name) => name.startsWith("grad."));
    expect(names.length).toBeGreaterThan(0);
    const [batch = 0] = expected.get("pixel_values")!.shape;
    const graph = model.signedGradients(batch, linears);
    const outputs = await run(graph, model, {
      [graph.input]: float32(model.imageShape(batch), floats(expected, "pixel_values")),
      labels: int32([batch], [...expected.get("labels")!.values]),
      signs: float32([batch], new Array<number>(batch).fill(1)),
    });
    for (const { linear, name } of graph.gradients)
      expect(relativeDistance(outputs.get(name)!, floats(expected, `grad.${linear.id}`)), name).toBeLessThan(
        1e-5,
      );
  });
});
