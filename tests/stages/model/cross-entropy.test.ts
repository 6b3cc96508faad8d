import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../../src/graph/builder";
import { gradient } from "../../../src/graph/gradient";
import { hostFloats } from "../../../src/runtime/device-tensor";
import { createNodeBackend } from "../../../src/runtime/node";
import { crossEntropy, oneHot, sampledLabels } from "../../../src/stages/model/cross-entropy";
import { float32, int32, type HostTensor } from "../../../src/tensor/host-tensor";
import { RandomStream } from "../../../src/tensor/random";
import { relativeDistance } from "../../support/matrices";

const backend = createNodeBackend();
const random = new RandomStream(11);

async function run(
  b: GraphBuilder,
  outputs: Parameters<GraphBuilder["build"]>[1],
  feeds: Record<string, HostTensor>,
) {
  const session = await backend.compile(b.build("test", outputs), "host");
  const fed = Object.entries(feeds).map(([name, tensor]) => [name, backend.upload(tensor)] as const);
  const results = Object.entries(await session.run(Object.fromEntries(fed)));
  return Object.fromEntries(results.map(([name, tensor]) => [name, hostFloats(tensor)]));
}

/** Softmax in float64. */
function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const exponentials = logits.map((x) => Math.exp(x - top));
  const total = exponentials.reduce((sum, x) => sum + x, 0);
  return exponentials.map((x) => x / total);
}

async function sample(rows: readonly (readonly number[])[], uniforms: readonly number[]): Promise<number[]> {
  const classes = rows[0]!.length;
  const b = new GraphBuilder();
  const logits = b.input("logits", [rows.length, classes]);
  const label = sampledLabels(b, logits, b.input("uniforms", [rows.length, 1]));
  const feeds = {
    logits: float32([rows.length, classes], rows.flat()),
    uniforms: float32([rows.length, 1], uniforms),
  };
  const indicator = (await run(b, { label }, feeds))["label"]!;
  return rows.map((_, row) => {
    const one = [...indicator.subarray(row * classes, (row + 1) * classes)];
    expect(one.filter((x) => x === 1).length).toBe(1);
    expect(one.filter((x) => x === 0).length).toBe(classes - 1);
    return one.indexOf(1);
  });
}

describe("sampled labels", () => {
  const rows = 4000;
  const logits = Array.from({ length: 10 }, () => Math.fround(1.5 * random.normal()));
  const uniforms = Array.from({ length: rows }, () => Math.floor(random.uniform() * 2 ** 24) / 2 ** 24);

  it("follow the model's distribution", async () => {
    const labels = await sample(
      Array.from({ length: rows }, () => logits),
      uniforms,
    );
    const probabilities = softmax(logits);
    let chiSquare = 0;
    probabilities.forEach((p, c) => {
      const count = labels.filter((label) => label === c).length;
      chiSquare += (count - rows * p) ** 2 / (rows * p);
    });
    // 99.9 % quantile of χ² with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.88);
    expect(chiSquare).toBeGreaterThan(0);
  });

  // Rows of more than 64 classes are summed up in blocks: of equal size, and with a last one that is not full.
  it.each([10, 64, 65, 97, 100, 1536])(
    "equal the inverse of the distribution function in float64, of %i classes",
    async (classes) => {
      const count = Math.min(rows, Math.ceil(400_000 / classes));
      const all = Array.from({ length: count }, () =>
        Array.from({ length: classes }, () => Math.fround(3 * random.normal())),
      );
      const labels = await sample(all, uniforms.slice(0, count));
      let atBorder = 0;
      labels.forEach((label, row) => {
        let sum = 0;
        let expected = 0;
        let distance = Infinity;
        for (const p of softmax(all[row]!)) {
          sum += p;
          if (sum < uniforms[row]!) expected++;
          distance = Math.min(distance, Math.abs(sum - uniforms[row]!));
        }
        // Within float32's rounding of a border both neighbours are right.
        if (distance < 1e-6) atBorder++;
        else expect(label).toBe(Math.min(expected, classes - 1));
      });
      expect(atBorder).toBeLessThan(5);
    },
  );

  it("take the first class at 0 and a class of the model at the largest uniform", async () => {
    const flat = new Array<number>(10).fill(0.1);
    expect(await sample([flat, flat], [0, 1 - 2 ** -24])).toEqual([0, 9]);
    const certain = [0, 0, 80, 0];
    expect(await sample([certain, certain], [2 ** -24, 1 - 2 ** -24])).toEqual([2, 2]);
    const many = new Array<number>(1536).fill(0.1);
    expect(await sample([many, many], [0, 1 - 2 ** -24])).toEqual([0, 1535]);
    // All probability lies in the midst of a block, at whose borders nothing does.
    const peaked = many.map((_, c) => (c === 700 ? 200 : 0));
    expect(await sample([peaked, peaked], [2 ** -24, 1 - 2 ** -24])).toEqual([700, 700]);
  });
});

describe("cross-entropy", () => {
  const rows = 6;
  const classes = 5;
  const logits = Array.from({ length: rows }, () =>
    Array.from({ length: classes }, () => Math.fround(4 * random.normal())),
  );
  const labels = [0, 4, 2, 2, 1, 3];

  it("is the summed negative log likelihood, its gradient softmax minus indicator", async () => {
    const b = new GraphBuilder();
    const x = b.input("logits", [rows, classes]);
    const indicator = oneHot(b, b.input("labels", [rows], "int32"), classes);
    const loss = crossEntropy(b, x, indicator);
    const [dx] = gradient(b, loss, [x]);
    const feeds = { logits: float32([rows, classes], logits.flat()), labels: int32([rows], labels) };
    const results = await run(b, { loss, dx: dx! }, feeds);
    const exact = logits.map((row) => softmax(row));
    const expected = exact.reduce((sum, row, i) => sum - Math.log(row[labels[i]!]!), 0);
    expect(results["loss"]![0]! / expected).toBeCloseTo(1, 6);
    const difference = exact.flatMap((row, i) => row.map((p, c) => p - (c === labels[i] ? 1 : 0)));
    expect(relativeDistance(results["dx"]!, difference)).toBeLessThan(1e-6);
  });

  it("stays finite for logits whose exponentials are not", async () => {
    const b = new GraphBuilder();
    const x = b.input("logits", [1, 3]);
    const loss = crossEntropy(b, x, oneHot(b, b.input("labels", [1], "int32"), 3));
    const [dx] = gradient(b, loss, [x]);
    const feeds = { logits: float32([1, 3], [1000, 0, -1000]), labels: int32([1], [1]) };
    const results = await run(b, { loss, dx: dx! }, feeds);
    expect(results["loss"]![0]).toBe(1000);
    expect([...results["dx"]!]).toEqual([1, -1, 0]);
  });
});
