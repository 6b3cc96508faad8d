import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../../src/graph/builder";
import { gradient } from "../../../src/graph/gradient";
import type { Graph } from "../../../src/graph/types";
import { createNodeBackend } from "../../../src/runtime/node";
import { crossEntropy, oneHot } from "../../../src/stages/model/cross-entropy";
import { addOlmo2, buildOlmo2Forward, olmo2Linears, olmo2Parameters } from "../../../src/stages/model/olmo2";
import { readOlmo2Config, type Olmo2Config } from "../../../src/stages/model/olmo2-config";
import { float32, int32, int64, type HostTensor } from "../../../src/tensor/host-tensor";
import configJson from "../../fixtures/olmo2-random/config.json";
import { floats, readFixture } from "../../support/safetensors-fixture";

const backend = createNodeBackend();
const config = readOlmo2Config(configJson);
const weights = readFixture("olmo2-random/model.safetensors");
const expected = readFixture("olmo2-random/expected.safetensors");
const [batch = 0, length = 0] = expected.get("input_ids")!.shape;
const weightTensors = Object.fromEntries(
  [...weights].map(([name, { shape }]) => [name, float32(shape, floats(weights, name))] as const),
);

function relativeError(actual: ArrayLike<number>, reference: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let k = 0; k < reference.length; k++) {
    difference += (actual[k]! - reference[k]!) ** 2;
    norm += reference[k]! ** 2;
  }
  return Math.sqrt(difference / norm);
}

/** Values [batch, length] of the reference at the first `positions` of every window. */
function leading(name: string, positions: number): number[] {
  return [...expected.get(name)!.values].filter((_, k) => k % length < positions);
}

async function run(graph: Graph, feeds: Readonly<Record<string, HostTensor>>) {
  const session = await backend.compile(graph, "host");
  const uploaded = Object.entries({ ...weightTensors, ...feeds }).map(
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
function gradientGraph(of: Olmo2Config, positions: number): Graph {
  const b = new GraphBuilder();
  const { logits, parameters } = addOlmo2(b, of, batch, positions);
  const labels = b.input("labels", [batch * positions], "int32");
  const { loss } = crossEntropy(b, logits, oneHot(b, labels, of.vocabulary));
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
    expect(relativeError(outputs.get("logits")!, floats(expected, "logits"))).toBeLessThan(1e-5);
  });

  it("gives PyTorch's loss and gradients of every parameter within 1e-5", async () => {
    // The reference leaves the last position of every window out of the loss.
    const positions = length - 1;
    const outputs = await run(gradientGraph(config, positions), {
      input_ids: int64([batch * positions, 1], leading("input_ids", positions)),
      labels: int32([batch * positions], leading("labels", positions)),
    });
    expect(outputs.size).toBe(1 + weights.size);
    for (const [name, values] of outputs) {
      const error = relativeError(values, floats(expected, name));
      expect([name, error < 1e-5], String(error)).toEqual([name, true]);
    }
  });
});
