import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import { GraphError } from "../../src/graph/infer-shape";
import type { Value } from "../../src/graph/types";
import { float32, int32, int64 } from "../../src/tensor/host-tensor";
import type { Shape } from "../../src/tensor/shape";

type Make = (b: GraphBuilder, of: (...shape: number[]) => Value) => Value;

function made(make: Make): Value {
  const b = new GraphBuilder();
  let inputs = 0;
  return make(b, (...shape) => b.input(`x${String(inputs++)}`, shape));
}

describe("shapes that do not fit are refused with op and shapes:", () => {
  const refused: readonly (readonly [string, Make, string])[] = [
    [
      "Add",
      (b, of) => b.add(of(2, 3), of(4)),
      "Add: expected tensors of one type whose shapes broadcast, got float32 2×3, float32 4",
    ],
    [
      "Mul of two types",
      (b, of) => b.mul(of(2), b.constant(int32([2], [1, 2]))),
      "Mul: expected tensors of one type whose shapes broadcast, got float32 2, int32 2",
    ],
    ["Exp", (b) => b.exp(b.constant(int32([2], [1, 2]))), "Exp: expected a float32 tensor, got int32 2"],
    [
      "Where",
      (b, of) => b.where(of(3), of(3), of(3)),
      "Where: expected bool, x, x whose shapes broadcast, got float32 3, float32 3, float32 3",
    ],
    [
      "MatMul",
      (b, of) => b.matmul(of(2, 3), of(4, 5)),
      "MatMul: expected […, m, k] and […, k, n] with equal leading dimensions, got float32 2×3, float32 4×5",
    ],
    [
      "MatMul of unequal batches",
      (b, of) => b.matmul(of(2, 2, 3), of(3, 3, 5)),
      "MatMul: expected […, m, k]",
    ],
    [
      "Gemm",
      (b, of) => b.gemm([of(2, 3), of(4, 3), of(5)], { b: true }),
      "Gemm: expected matrices that multiply and a bias of the result's width, got float32 2×3, float32 4×3, float32 5",
    ],
    [
      "LayerNormalization",
      (b, of) => b.layerNorm(of(2, 8), of(8), of(4), 1e-6),
      "LayerNormalization: expected scale and bias as wide as the last axis, got float32 2×8, float32 8, float32 4",
    ],
    ["Reshape", (b, of) => b.reshape(of(2, 3), [7]), "Reshape: expected 7 elements, got float32 2×3"],
    [
      "Expand",
      (b, of) => b.expand(of(2, 3), [2, 4]),
      "Expand: expected broadcastable to 2×4, got float32 2×3",
    ],
    [
      "Transpose",
      (b, of) => b.transpose(of(2, 3), [0, 0]),
      "Transpose: expected a permutation of its axes, not [0, 0], got float32 2×3",
    ],
    [
      "Concat",
      (b, of) => b.concat([of(2, 3), of(2, 4)], 0),
      "Concat: expected tensors that differ along axis 0 alone, got float32 2×3, float32 2×4",
    ],
    [
      "Slice",
      (b, of) => b.slice(of(2, 3), 1, 2, 4),
      "Slice: expected 0 ≤ 2 < 4 ≤ size of axis 1, got float32 2×3",
    ],
    [
      "Gather",
      (b, of) => b.gather(of(2, 3), of(2)),
      "Gather: expected a table and int64 indices, got float32 2×3, float32 2",
    ],
    [
      "ScatterAdd",
      (b, of) => b.scatterAdd(of(5, 3), b.constant(int64([2], [0, 1])), of(2, 3)),
      "ScatterAdd: expected data [n, …], int64 indices [i…, 1] and updates [i…, …], got float32 5×3, int64 2, float32 2×3",
    ],
  ];
  it.each(refused)("%s", (_, make, message) => {
    expect(() => made(make)).toThrow(GraphError);
    expect(() => made(make)).toThrow(message);
  });

  it("an axis beyond the rank", () => {
    expect(() => made((b, of) => b.softmax(of(2, 3), 2))).toThrow("axis 2 is outside a tensor of rank 2");
    expect(() => made((b, of) => b.sum(of(2, 3), [-3]))).toThrow("axis -3 is outside a tensor of rank 2");
  });
});

it.each<[string, Make, Shape]>([
  ["broadcasting", (b, of) => b.add(of(2, 1, 4), of(3, 1)), [2, 3, 4]],
  ["a batched product", (b, of) => b.matmul(of(2, 7, 3, 4), of(2, 7, 4, 5)), [2, 7, 3, 5]],
  ["Gemm with both transposed", (b, of) => b.gemm([of(4, 3), of(5, 4)], { a: true, b: true }), [3, 5]],
  ["a reduction", (b, of) => b.sum(of(2, 3, 4), [0, -1]), [3]],
  ["a reduction that keeps axes", (b, of) => b.mean(of(2, 3, 4), [1], true), [2, 1, 4]],
  ["a sum of everything", (b, of) => b.sum(of(2, 3)), []],
  ["Concat", (b, of) => b.concat([of(2, 3), of(2, 4)], -1), [2, 7]],
  ["Pad", (b, of) => b.pad(of(2, 3), 1, 2, 1), [2, 6]],
  ["Gather", (b, of) => b.gather(of(9, 4), b.constant(int64([2, 3], [0, 1, 2, 3, 4, 5]))), [2, 3, 4]],
])("the shape of %s is inferred", (_, make, shape) => {
  expect(made(make).shape).toEqual(shape);
});

describe("a graph", () => {
  it("has equal nodes and constants once", () => {
    const b = new GraphBuilder();
    const x = b.input("x", [3]);
    expect(b.exp(x)).toBe(b.exp(x));
    expect(b.scale(x, 2)).toBe(b.scale(x, 2));
    expect(b.scale(x, 3)).not.toBe(b.scale(x, 2));
    expect(b.sum(x, [0], true)).not.toBe(b.sum(x, [0], false));
    expect(b.sum(x, [-1])).toBe(b.sum(x, [0]));
    expect(b.sub(x, b.exp(x))).not.toBe(b.sub(b.exp(x), x));
    // int32 1 and float32 1 are written alike but are not the same.
    expect(b.constant(int32([1], [1]))).not.toBe(b.constant(float32([1], [1])));
    expect(b.nodes.map(({ op }) => op)).toEqual([
      "Exp",
      "Mul",
      "Mul",
      "ReduceSum",
      "ReduceSum",
      "Sub",
      "Sub",
    ]);
  });

  it("leaves out nodes and constants that no output needs, and keeps all inputs", () => {
    const b = new GraphBuilder();
    const x = b.input("x", [3]);
    b.input("unused", [2]);
    b.scale(b.neg(x), 5);
    const graph = b.build("small", { y: b.scale(b.exp(x), 2) });
    expect(graph.nodes.map(({ op }) => op)).toEqual(["Exp", "Mul"]);
    expect([...graph.constants.values()].map(({ data }) => [...data])).toEqual([[2]]);
    expect(graph.inputs.map(({ name }) => name)).toEqual(["x", "unused"]);
  });

  it("gives every output its name, also inputs, constants and one value under two names", () => {
    const b = new GraphBuilder();
    const x = b.input("x", [3]);
    const y = b.exp(x);
    const graph = b.build("named", { first: y, second: y, same: x, one: b.scalar(1), after: b.neg(y) });
    expect(graph.outputs.map(({ name }) => name)).toEqual(["first", "second", "same", "one", "after"]);
    const written = graph.nodes.map(({ op, inputs, output }) => `${op} ${inputs[0].name} ${output.name}`);
    expect(written).toEqual([
      "Exp x first",
      "Neg first after",
      "StopGradient first second",
      "StopGradient x same",
      "StopGradient constant_0 one",
    ]);
  });

  it("refuses a name twice", () => {
    const b = new GraphBuilder();
    const x = b.input("x", [3]);
    expect(() => b.input("x", [3])).toThrow("two values named x");
    expect(() => b.build("clash", { x: b.exp(x) })).toThrow("output x clashes with a value of the graph");
  });
});
