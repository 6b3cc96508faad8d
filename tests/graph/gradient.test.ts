import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import { gradient, pullback } from "../../src/graph/gradient";
import type { Op, Value } from "../../src/graph/types";
import { vjpRules } from "../../src/graph/vjp-rules";
import { createNodeBackend } from "../../src/runtime/node";
import { hostFloats } from "../../src/runtime/device-tensor";
import { float32, int64 } from "../../src/tensor/host-tensor";
import { RandomStream } from "../../src/tensor/random";
import { sizeOf, type Shape } from "../../src/tensor/shape";

const backend = createNodeBackend();

function randomTensor(shape: Shape, seed: number, low = -1, high = 1) {
  const stream = new RandomStream(seed);
  return float32(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => low + (high - low) * stream.uniform()),
  );
}

interface Case {
  readonly shapes: readonly Shape[];
  readonly range?: readonly [number, number];
  readonly build: (b: GraphBuilder, inputs: Value[]) => Value;
}

/** One case or more per differentiable op; the loss is a fixed random projection of the result. */
const cases: Partial<Record<Op, readonly Case[]>> = {
  Add: [
    {
      shapes: [
        [2, 3, 4],
        [3, 1],
      ],
      build: (b, [x, y]) => b.add(x!, y!),
    },
  ],
  Sub: [{ shapes: [[3, 4], [4]], build: (b, [x, y]) => b.sub(x!, y!) }],
  Mul: [
    {
      shapes: [
        [2, 1, 4],
        [3, 1],
      ],
      build: (b, [x, y]) => b.mul(x!, y!),
    },
  ],
  Div: [
    {
      shapes: [
        [3, 4],
        [3, 1],
      ],
      range: [0.5, 2],
      build: (b, [x, y]) => b.div(x!, y!),
    },
  ],
  Min: [{ shapes: [[3, 4], [4]], build: (b, [x, y]) => b.min(x!, y!) }],
  Neg: [{ shapes: [[5]], build: (b, [x]) => b.neg(x!) }],
  Exp: [{ shapes: [[5]], build: (b, [x]) => b.exp(x!) }],
  Log: [{ shapes: [[5]], range: [0.5, 2], build: (b, [x]) => b.log(x!) }],
  Sqrt: [{ shapes: [[5]], range: [0.5, 2], build: (b, [x]) => b.sqrt(x!) }],
  Reciprocal: [{ shapes: [[5]], range: [0.5, 2], build: (b, [x]) => b.reciprocal(x!) }],
  Erf: [{ shapes: [[5]], build: (b, [x]) => b.erf(x!) }],
  Sigmoid: [{ shapes: [[5]], range: [-3, 3], build: (b, [x]) => b.sigmoid(x!) }],
  Gelu: [{ shapes: [[17]], range: [-4, 4], build: (b, [x]) => b.gelu(x!) }],
  Where: [
    {
      shapes: [[4], [3, 4], [3, 1]],
      build: (b, [c, x, y]) => b.where(b.less(c!, b.scalar(0)), x!, y!),
    },
  ],
  MatMul: [
    {
      shapes: [
        [2, 3, 4, 5],
        [2, 3, 5, 6],
      ],
      build: (b, [x, y]) => b.matmul(x!, y!),
    },
    {
      shapes: [
        [4, 5],
        [5, 2],
      ],
      build: (b, [x, y]) => b.matmul(x!, y!),
    },
  ],
  Gemm: [
    { shapes: [[4, 5], [5, 3], [3]], build: (b, [x, y, c]) => b.gemm([x!, y!, c!]) },
    {
      shapes: [
        [5, 4],
        [5, 3],
      ],
      build: (b, [x, y]) => b.gemm([x!, y!], { a: true }),
    },
    { shapes: [[4, 5], [3, 5], [3]], build: (b, [x, y, c]) => b.gemm([x!, y!, c!], { b: true }) },
    {
      shapes: [
        [5, 4],
        [3, 5],
      ],
      build: (b, [x, y]) => b.gemm([x!, y!], { a: true, b: true }),
    },
  ],
  Softmax: [
    { shapes: [[3, 5]], build: (b, [x]) => b.softmax(x!) },
    { shapes: [[3, 5, 2]], build: (b, [x]) => b.softmax(x!, 1) },
  ],
  LayerNormalization: [
    { shapes: [[3, 8], [8], [8]], build: (b, [x, s, c]) => b.layerNorm(x!, s!, c!, 1e-6) },
    { shapes: [[2, 3, 8], [8], [8]], build: (b, [x, s, c]) => b.layerNorm(x!, s!, c!, 1e-6) },
  ],
  SimplifiedLayerNormalization: [{ shapes: [[2, 3, 8], [8]], build: (b, [x, s]) => b.rmsNorm(x!, s!, 1e-6) }],
  ReduceSum: [
    { shapes: [[3, 4, 2]], build: (b, [x]) => b.sum(x!, [1], true) },
    { shapes: [[3, 4, 2]], build: (b, [x]) => b.sum(x!, [0, 2]) },
  ],
  ReduceMean: [{ shapes: [[3, 4, 2]], build: (b, [x]) => b.mean(x!, [-1, 0]) }],
  ReduceMax: [{ shapes: [[3, 7]], build: (b, [x]) => b.max(x!, [1]) }],
  CumSum: [
    { shapes: [[3, 4]], build: (b, [x]) => b.cumulativeSum(x!, 1) },
    { shapes: [[3, 4]], build: (b, [x]) => b.cumulativeSum(x!, 0, true) },
  ],
  Reshape: [{ shapes: [[3, 4]], build: (b, [x]) => b.reshape(x!, [2, 6]) }],
  Expand: [{ shapes: [[3, 1]], build: (b, [x]) => b.expand(x!, [2, 3, 4]) }],
  Transpose: [{ shapes: [[2, 3, 4, 5]], build: (b, [x]) => b.transpose(x!, [2, 0, 3, 1]) }],
  Concat: [
    {
      shapes: [
        [2, 1, 3],
        [2, 4, 3],
      ],
      build: (b, [x, y]) => b.concat([x!, y!, x!], 1),
    },
  ],
  Slice: [{ shapes: [[2, 5, 3]], build: (b, [x]) => b.slice(x!, 1, 1, 4) }],
  Pad: [{ shapes: [[2, 3]], build: (b, [x]) => b.pad(x!, 1, 2, 1) }],
  Cast: [{ shapes: [[3]], build: (b, [x]) => b.node("Cast", [x!], { to: "float32" }) }],
  Gather: [
    {
      shapes: [[5, 3]],
      build: (b, [x]) => b.gather(x!, b.constant(int64([2, 3], [4, 0, 1, 4, 4, 2]))),
    },
    {
      shapes: [[5, 3]],
      build: (b, [x]) => b.gather(x!, b.constant(int64([2, 2, 1], [4, 0, 4, 2]))),
    },
  ],
  ScatterAdd: [
    {
      shapes: [
        [5, 3],
        [4, 3],
      ],
      build: (b, [x, y]) => b.scatterAdd(x!, b.constant(int64([4, 1], [1, 1, 3, 0])), y!),
    },
  ],
};

const withoutDerivative: readonly Op[] = ["StopGradient", "Less", "Equal"];

async function check({ shapes, range, build }: Case): Promise<void> {
  const b = new GraphBuilder();
  const inputs = shapes.map((shape, i) => b.input(`x${String(i)}`, shape));
  const result = build(b, inputs);
  const projection = b.constant(randomTensor(result.shape, 99));
  const loss = b.sum(b.mul(b.mul(result, result), projection));
  const onPath = inputs.filter((_, i) => !(build.toString().includes("b.less(c") && i === 0));
  const gradients = gradient(b, loss, onPath);
  const outputs = Object.fromEntries(gradients.map((value, i) => [`gradient${String(i)}`, value]));
  const session = await backend.compile(b.build("check", { loss, result, ...outputs }), "host");
  const values = shapes.map((shape, i) => randomTensor(shape, i + 1, ...(range ?? [-1, 1])));
  const run = async () =>
    session.run(Object.fromEntries(values.map((value, i) => [`x${String(i)}`, backend.upload(value)])));
  const analytic = await run();

  // Central differences of the projected result, summed in float64 against the float32 forward values.
  const weights = randomTensor(result.shape, 99).data;
  const lossOf = async (): Promise<number> => {
    const y = hostFloats((await run()).result!);
    let sum = 0;
    for (let i = 0; i < y.length; i++) sum += y[i]! * y[i]! * weights[i]!;
    return sum;
  };
  const step = 2 ** -8;
  for (const [i, target] of onPath.entries()) {
    const tensor = values[inputs.indexOf(target)]!;
    const exact = hostFloats(analytic[`gradient${String(i)}`]!);
    let scale = 0;
    for (const value of exact) scale = Math.max(scale, Math.abs(value));
    for (let k = 0; k < tensor.data.length; k++) {
      const original = tensor.data[k]!;
      const difference = async (h: number): Promise<number> => {
        tensor.data[k] = original + h;
        const above = await lossOf();
        tensor.data[k] = original - h;
        const below = await lossOf();
        tensor.data[k] = original;
        return (above - below) / (2 * h);
      };
      // Richardson: the h² error cancels.
      const numeric = (4 * (await difference(step)) - (await difference(2 * step))) / 3;
      expect(Math.abs(numeric - exact[k]!), `input ${String(i)} element ${String(k)}`).toBeLessThan(
        2e-3 * Math.max(scale, 0.1),
      );
    }
  }
}

describe("gradient", () => {
  it("covers every op: each has cases against central differences or is declared without derivative", () => {
    const covered = new Set([...Object.keys(cases), ...withoutDerivative]);
    expect(Object.keys(vjpRules).filter((op) => !covered.has(op))).toEqual([]);
  });

  for (const [op, list] of Object.entries(cases)) {
    list.forEach((one, i) => {
      it(`of ${op} (${String(i + 1)}) equals central differences`, () => check(one));
    });
  }

  it("passes nothing through ops without derivative", async () => {
    const b = new GraphBuilder();
    const x = b.input("x", [3]);
    const [g] = gradient(b, b.sum(b.mul(x, b.stopGradient(b.exp(x)))), [x]);
    const session = await backend.compile(b.build("stopped", { g: g! }), "host");
    const outputs = await session.run({ x: backend.upload(float32([3], [0, 1, 2])) });
    // Only the direct factor counts: ∂/∂x (x·c) = c.
    [0, 1, 2].forEach((value, i) => {
      expect(hostFloats(outputs.g!)[i]).toBeCloseTo(Math.exp(value), 5);
    });
  });

  it("adds the cotangents of a value that is used several times", () =>
    check({ shapes: [[4]], build: (b, [x]) => b.mul(b.add(x!, x!), b.exp(x!)) }));

  it("refuses a loss that is no scalar and a target the loss does not depend on", () => {
    const b = new GraphBuilder();
    const x = b.input("x", [3]);
    const y = b.input("y", [3]);
    expect(() => gradient(b, b.exp(x), [x])).toThrow("expected a scalar loss, got 3");
    expect(() => gradient(b, b.sum(x), [y])).toThrow("does not depend on y");
  });
});

describe("pullback", () => {
  it("of a cotangent is the gradient of the sum of the output weighted with it", async () => {
    const b = new GraphBuilder();
    const x = b.input("x", [3, 4]);
    const c = b.input("c", [3, 2]);
    const y = b.exp(b.matmul(x, b.input("w", [4, 2])));
    const [pulled] = pullback(b, y, c, [x]);
    const [expected] = gradient(b, b.sum(b.mul(y, c)), [x]);
    const graph = b.build("pulled", { pulled: pulled!, expected: expected! });
    const session = await backend.compile(graph, "host");
    const feeds = Object.fromEntries(
      Object.entries({ x: [3, 4], c: [3, 2], w: [4, 2] }).map(([name, shape], seed) => [
        name,
        backend.upload(randomTensor(shape, seed)),
      ]),
    );
    const outputs = await session.run(feeds);
    expect([...hostFloats(outputs.pulled!)].some((value) => Math.abs(value) > 0.1)).toBe(true);
    expect(hostFloats(outputs.pulled!)).toEqual(hostFloats(outputs.expected!));
  });

  it("refuses a cotangent of another shape", () => {
    const b = new GraphBuilder();
    const x = b.input("x", [3]);
    expect(() => pullback(b, b.exp(x), b.scalar(1), [x])).toThrow("expected a cotangent of 3, got scalar");
  });
});
