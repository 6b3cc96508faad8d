import type { GraphBuilder } from "../../src/graph/builder";
import { gradient } from "../../src/graph/gradient";
import type { Graph, Op, Value } from "../../src/graph/types";
import { float32, int32, int64, type HostTensor } from "../../src/tensor/host-tensor";
import { RandomStream } from "../../src/tensor/random";
import { sizeOf, type Shape } from "../../src/tensor/shape";

export interface OpCase {
  readonly inputs: readonly HostTensor[];
  readonly build: (b: GraphBuilder, inputs: readonly Value[]) => Value;
  /** Positions of the inputs a gradient is asked for. */
  readonly differentiated?: readonly number[];
}

let seed = 0;

/** Random numbers, of another seed at every call. */
function drawn(shape: Shape, low = -1, high = 1): HostTensor {
  const random = new RandomStream(++seed);
  const draw = (): number => low + (high - low) * random.uniform();
  return float32(shape, Float32Array.from({ length: sizeOf(shape) }, draw));
}

type Build = (b: GraphBuilder, x: Value, y: Value, z: Value) => Value;

function of(inputs: readonly HostTensor[], build: Build, differentiated?: readonly number[]): OpCase {
  const floats = inputs.flatMap(({ dtype }, i) => (dtype === "float32" ? [i] : []));
  return {
    inputs,
    build: (b, values) => build(b, values[0]!, values[1] ?? values[0]!, values[2] ?? values[0]!),
    differentiated: differentiated ?? floats,
  };
}

/** Graphs of one op each, with the shapes and types the lab's models use; an op without a case fails the type check. */
export const opCases: Readonly<Record<Op, readonly OpCase[]>> = {
  Add: [of([drawn([2, 5, 4]), drawn([5, 1])], (b, x, y) => b.add(x, y))],
  Sub: [of([drawn([6, 4]), drawn([6, 1])], (b, x, y) => b.sub(x, y))],
  Mul: [of([drawn([2, 5, 4]), drawn([4])], (b, x, y) => b.mul(x, y))],
  Div: [of([drawn([6, 4]), drawn([6, 1], 1, 2)], (b, x, y) => b.div(x, y))],
  Min: [of([drawn([6, 4]), drawn([1])], (b, x, y) => b.min(x, y))],
  Neg: [of([drawn([7])], (b, x) => b.neg(x))],
  Exp: [of([drawn([7])], (b, x) => b.exp(x))],
  Log: [of([drawn([7], 0.5, 2)], (b, x) => b.log(x))],
  Sqrt: [of([drawn([7], 0.5, 2)], (b, x) => b.sqrt(x))],
  Reciprocal: [of([drawn([7], 0.5, 2)], (b, x) => b.reciprocal(x))],
  Erf: [of([drawn([40], -4, 4)], (b, x) => b.erf(x))],
  Sigmoid: [of([drawn([40], -6, 6)], (b, x) => b.sigmoid(x))],
  Gelu: [of([drawn([3, 40], -5, 5)], (b, x) => b.gelu(x))],
  StopGradient: [of([drawn([7])], (b, x) => b.add(b.stopGradient(b.neg(x)), x))],
  Less: [of([drawn([6, 4]), drawn([6, 1])], (b, x, y) => b.cast(b.less(x, y), "float32"), [])],
  Equal: [
    of([int32([4], [2, 0, 1, 1]), int32([1, 3], [0, 1, 2])], (b, x, y) =>
      b.cast(b.equal(b.reshape(x, [4, 1]), y), "float32"),
    ),
    of(
      [float32([4, 1], [2, 0, 1, 1]), float32([1, 3], [0, 1, 2])],
      (b, x, y) => b.cast(b.equal(x, y), "float32"),
      [],
    ),
  ],
  Where: [
    of([drawn([4]), drawn([3, 4]), drawn([3, 1])], (b, c, x, y) => b.where(b.less(c, x), x, y), [1, 2]),
  ],
  Cast: [
    of([int32([4], [2, 0, -1, 1])], (b, x) => b.cast(x, "float32")),
    of([int32([4], [2, 0, -1, 0])], (b, x) => b.cast(b.cast(x, "bool"), "float32")),
  ],
  MatMul: [
    of([drawn([2, 3, 5, 4]), drawn([2, 3, 4, 5])], (b, x, y) => b.matmul(x, y)),
    of([drawn([9, 70]), drawn([70, 33])], (b, x, y) => b.matmul(x, y)),
  ],
  Gemm: [
    of([drawn([9, 70]), drawn([33, 70]), drawn([33])], (b, x, y, z) => b.gemm([x, y, z], { b: true })),
    of([drawn([9, 7]), drawn([7, 5])], (b, x, y) => b.gemm([x, y])),
    of([drawn([7, 9]), drawn([7, 5])], (b, x, y) => b.gemm([x, y], { a: true })),
    of([drawn([7, 9]), drawn([5, 7])], (b, x, y) => b.gemm([x, y], { a: true, b: true })),
  ],
  Softmax: [of([drawn([2, 3, 17], -5, 5)], (b, x) => b.softmax(x))],
  LayerNormalization: [
    of([drawn([6, 48]), drawn([48]), drawn([48])], (b, x, y, z) => b.layerNorm(x, y, z, 1e-6)),
  ],
  SimplifiedLayerNormalization: [of([drawn([2, 3, 48]), drawn([48])], (b, x, y) => b.rmsNorm(x, y, 1e-6))],
  ReduceSum: [
    of([drawn([6, 4])], (b, x) => b.sum(x)),
    of([drawn([6, 4, 3])], (b, x) => b.sum(x, [0, 1])),
    of([drawn([6, 4])], (b, x) => b.sum(x, [-1], true)),
  ],
  ReduceMean: [of([drawn([6, 48])], (b, x) => b.mean(x, [-1], true))],
  ReduceMax: [of([drawn([6, 7])], (b, x) => b.max(x, [-1], true))],
  CumSum: [
    of([drawn([6, 7])], (b, x) => b.cumulativeSum(x, 1)),
    of([drawn([6, 7])], (b, x) => b.cumulativeSum(x, 0, true)),
  ],
  Reshape: [of([drawn([6, 4])], (b, x) => b.reshape(b.neg(x), [3, 8]))],
  Expand: [of([drawn([1, 1, 4])], (b, x) => b.expand(x, [3, 1, 4]))],
  Transpose: [
    of([drawn([2, 5, 3, 4])], (b, x) => b.transpose(x, [0, 2, 1, 3])),
    of([drawn([2, 3, 4, 2, 4, 2])], (b, x) => b.transpose(x, [0, 2, 4, 1, 3, 5])),
  ],
  Concat: [of([drawn([2, 1, 4]), drawn([2, 5, 4])], (b, x, y) => b.concat([x, y], 1))],
  Slice: [of([drawn([2, 6, 4])], (b, x) => b.slice(x, 1, 0, 1))],
  Pad: [of([drawn([2, 1, 4])], (b, x) => b.pad(x, 1, 0, 5))],
  Gather: [of([drawn([9, 4]), int64([2, 3, 1], [8, 0, 1, 1, 8, 8])], (b, x, y) => b.gather(x, y))],
  ScatterAdd: [
    of([drawn([9, 4]), int64([4, 1], [8, 0, 8, 8]), drawn([4, 4])], (b, x, y, z) => b.scatterAdd(x, y, z)),
  ],
};

/** Graph of a case: `result` and `gradient0`, `gradient1`, … of a weighted sum of it. Nothing in it is constant. */
export function caseGraph(
  b: GraphBuilder,
  { inputs, build, differentiated = [] }: OpCase,
): {
  readonly graph: Graph;
  readonly feeds: Readonly<Record<string, HostTensor>>;
} {
  const values = inputs.map(({ shape, dtype }, i) => b.input(`x${String(i)}`, shape, dtype));
  const result = build(b, values);
  const feeds = Object.fromEntries(inputs.map((tensor, i) => [`x${String(i)}`, tensor]));
  if (differentiated.length === 0) return { graph: b.build("case", { result }), feeds };
  const weights = b.input("weights", result.shape);
  const loss = b.sum(b.mul(result, weights));
  const gradients = gradient(
    b,
    loss,
    differentiated.map((i) => values[i]!),
  );
  const named = Object.fromEntries(gradients.map((value, i) => [`gradient${String(i)}`, value]));
  return { graph: b.build("case", { result, ...named }), feeds: { ...feeds, weights: drawn(result.shape) } };
}
