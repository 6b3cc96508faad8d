import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../../src/graph/builder";
import { gradient } from "../../../src/graph/gradient";
import type { Graph } from "../../../src/graph/types";
import { createNodeBackend } from "../../../src/runtime/node";
import { crossEntropy, oneHot } from "../../../src/stages/model/cross-entropy";
import { addOlmo2, buildOlmo2Forward, olmo2Linears, olmo2Parameters } from "../../../src/stages/model/olmo2";
import { readOlmo2Config, type Olmo2Config } from "../../../src/stages/model/olmo2-config";
import { float32, int32, int64, type FloatTensor, type HostTensor } from "../../../src/tensor/host-tensor";
import { RandomStream } from "../../../src/tensor/random";
import configJson from "../../fixtures/olmo2-random/config.json";
import { relativeDistance } from "../../support/matrices";
import { referenceLogits, referenceLoss } from "../../support/olmo2-reference";
import { floats, readFixture } from "../../support/safetensors-fixture";
import { olmo2Weights, referenceModel, tinyOlmo2, wideHeadedOlmo2 } from "../../support/tiny-olmo2";

const backend = createNodeBackend();
const config = readOlmo2Config(configJson);
const weights = readFixture("olmo2-random/model.safetensors");
const expected = readFixture("olmo2-random/expected.safetensors");
const [batch = 0, length = 0] = expected.get("input_ids")!.shape;
const weightTensors = Object.fromEntries(
  [...weights].map(([name, { shape }]) => [name, float32(shape, floats(weights, name))] as const),
);

/** Values [batch, length] of the reference at the first `positions` of every window. */
function leading(name: string, positions: number): number[] {
  return [...expected.get(name)!.values].filter((_, k) => k % length < positions);
}

async function run(
  graph: Graph,
  feeds: Readonly<Record<string, HostTensor>>,
  parameters: Readonly<Record<string, FloatTensor>> = weightTensors,
) {
  const session = await backend.compile(graph, "host");
  const uploaded = Object.entries({ ...parameters, ...feeds }).map(
    ([name, tensor]) => [name, backend.upload(tensor)] as const,
  );
  const outputs = await session.run(Object.fromEntries(uploaded));
  await session.release();
  const values = Object.entries(outputs).map(
    async ([name, tensor]) => [name, await backend.download(tensor)] as const,
  );
  return new Map(await Promise.all(values));
}

/** Loss over every position, and its gradients. */
function gradientGraph(of: Olmo2Config, windows: number, positions: number): Graph {
  const b = new GraphBuilder();
  const { logits, parameters } = addOlmo2(b, of, windows, positions);
  const labels = b.input("labels", [windows * positions], "int32");
  const loss = crossEntropy(b, logits, oneHot(b, labels, of.vocabulary));
  const gradients = gradient(b, loss, [...parameters.values()]);
  const named = [...parameters.keys()].map((name, i) => [`grad.${name}`, gradients[i]!] as const);
  return b.build("test", { loss, ...Object.fromEntries(named) });
}

describe("OLMo-2", () => {
  it("has the parameters of a Hugging Face checkpoint by name and shape", () => {
    const stored = new Map([...weights].map(([name, { shape }]) => [name, shape]));
    expect(olmo2Parameters(config)).toEqual(stored);
    const linears = olmo2Linears(config);
    expect(linears.length).toBe(21);
    for (const { id, outputs, inputs } of linears) expect(stored.get(id)).toEqual([outputs, inputs]);
  });

  it("gives PyTorch's logits within 1e-5", async () => {
    const outputs = await run(buildOlmo2Forward(config, batch, length), {
      input_ids: int64([batch * length, 1], leading("input_ids", length)),
    });
    expect(relativeDistance(outputs.get("logits")!, floats(expected, "logits"))).toBeLessThan(1e-5);
  });

  it("gives PyTorch's loss and gradients of every parameter within 1e-5", async () => {
    // The reference leaves the last position of every window out of the loss.
    const positions = length - 1;
    const outputs = await run(gradientGraph(config, batch, positions), {
      input_ids: int64([batch * positions, 1], leading("input_ids", positions)),
      labels: int32([batch * positions], leading("labels", positions)),
    });
    expect(outputs.size).toBe(1 + weights.size);
    for (const [name, values] of outputs) {
      const error = relativeDistance(values, floats(expected, name));
      expect([name, error < 1e-5], String(error)).toEqual([name, true]);
    }
  });
});

describe.each<[string, Olmo2Config, number]>([
  ["one key head for five, a tied head, five layers", tinyOlmo2, 6],
  ["queries wider than the stream, a head of its own", wideHeadedOlmo2, 7],
  ["as many key heads as heads, and texts of one token", { ...wideHeadedOlmo2, keyValueHeads: 6 }, 1],
])("a random OLMo-2 with %s", (_, of, positions) => {
  const tensors = olmo2Weights(of, 3);
  const parameters = Object.fromEntries(tensors);
  const reference = referenceModel(of, tensors);
  const windows = 2;
  const random = new RandomStream(4);
  const tokens = () => Array.from({ length: positions }, () => random.integer(of.vocabulary));
  const [ids, labels] = [
    [tokens(), tokens()],
    [tokens(), tokens()],
  ];
  const input_ids = int64([windows * positions, 1], ids.flat());

  it("gives the logits of float64 loops within 1e-5", async () => {
    const outputs = await run(buildOlmo2Forward(of, windows, positions), { input_ids }, parameters);
    const expectedLogits = ids.flatMap((window) => referenceLogits(reference, window)).flat();
    expect(relativeDistance(outputs.get("logits")!, expectedLogits)).toBeLessThan(1e-5);
  });

  it(
    "gives the gradients of differences, extrapolated, within 1e-5 of the gradient's norm",
    { timeout: 60_000 },
    async () => {
      const feeds = { input_ids, labels: int32([windows * positions], labels.flat()) };
      const outputs = await run(gradientGraph(of, windows, positions), feeds, parameters);
      const loss = () =>
        ids.reduce((sum, window, i) => sum + referenceLoss(reference, window, labels[i]!), 0);
      expect(Math.abs(outputs.get("loss")![0]! / loss() - 1)).toBeLessThan(1e-6);
      const chosen = new RandomStream(5);
      for (const [name, values] of reference.weights) {
        const gradients = outputs.get(`grad.${name}`)!;
        const isEmbedding = name.includes("embed_tokens");
        // Of the embedding, an entry that is read.
        const entry = isEmbedding
          ? ids[0]![0]! * of.hiddenSize + chosen.integer(of.hiddenSize)
          : chosen.integer(values.length);
        const exact = values[entry]!;
        const at = (step: number) => {
          values[entry] = exact + step;
          const moved = loss();
          values[entry] = exact;
          return moved;
        };
        const h = 1e-3;
        const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
        const off = Math.abs(gradients[entry]! - slope);
        // Queries and keys of a single token change nothing: their gradients are 0.
        const scale = positions === 1 ? Math.max(1, Math.hypot(...gradients)) : Math.hypot(...gradients);
        expect(off, `${name}[${entry}]`).toBeLessThan(1e-5 * scale);
      }
    },
  );
});
