import { sizeOf } from "../tensor/shape";
import type { GraphBuilder } from "./builder";
import type { NodeOf, Op, OpSignatures, Value } from "./types";

/** Cotangent of one input, built only if something asks for it; undefined where no derivative flows. */
type Cotangent = (() => Value) | undefined;
/** One cotangent per input. A cotangent may still have the broadcast shape: the driver sums it back. */
type CotangentsOf<Inputs extends readonly Value[]> = { readonly [I in keyof Inputs]: Cotangent };

export type VjpRule<K extends Op> = (
  b: GraphBuilder,
  node: NodeOf<K>,
  /** ∂L/∂output. */
  g: Value,
) => CotangentsOf<OpSignatures[K]["inputs"]>;

const flat2 = (): [Cotangent, Cotangent] => [undefined, undefined];

/** Mean over the last axis, kept. */
function meanLast(b: GraphBuilder, x: Value): Value {
  return b.mean(x, [-1], true);
}

/** Sum over all axes but the last. */
function sumRows(b: GraphBuilder, x: Value): Value {
  return b.sum(
    x,
    x.shape.slice(0, -1).map((_, axis) => axis),
  );
}

const inverseSqrt2Pi = 1 / Math.sqrt(2 * Math.PI);

/**
 * Vector-Jacobian products, one per op: the table is total, so an op without a rule fails the type check.
 * y is the node's output and g = ∂L/∂y. Ops whose output is discrete pass nothing back.
 */
export const vjpRules: { readonly [K in Op]: VjpRule<K> } = {
  Add: (_b, _node, g) => [() => g, () => g],
  Sub: (b, _node, g) => [() => g, () => b.neg(g)],
  Mul: (b, { inputs: [x, y] }, g) => [() => b.mul(g, y), () => b.mul(g, x)],
  // d(x/y) = dx/y − (x/y)·dy/y
  Div: (b, { inputs: [, y], output }, g) => [() => b.div(g, y), () => b.neg(b.div(b.mul(g, output), y))],
  // Ties go to the second input.
  Min: (b, { inputs: [x, y] }, g) => {
    const zero = b.scalar(0);
    return [() => b.where(b.less(x, y), g, zero), () => b.where(b.less(x, y), zero, g)];
  },
  Neg: (b, _node, g) => [() => b.neg(g)],
  Exp: (b, { output }, g) => [() => b.mul(g, output)],
  Log: (b, { inputs: [x] }, g) => [() => b.div(g, x)],
  // d√x = dx / (2√x)
  Sqrt: (b, { output }, g) => [() => b.div(b.scale(g, 0.5), output)],
  // d(1/x) = −dx / x²
  Reciprocal: (b, { output }, g) => [() => b.neg(b.mul(g, b.mul(output, output)))],
  // d erf(x) = 2/√π · exp(−x²) dx
  Erf: (b, { inputs: [x] }, g) => [
    () => b.mul(g, b.scale(b.exp(b.neg(b.mul(x, x))), 2 / Math.sqrt(Math.PI))),
  ],
  // dσ = σ(1−σ) dx
  Sigmoid: (b, { output }, g) => [() => b.mul(g, b.mul(output, b.sub(b.scalar(1), output)))],
  // d(xΦ(x)) = (Φ(x) + xφ(x)) dx with Φ, φ of the standard normal distribution
  Gelu: (b, { inputs: [x] }, g) => [
    () => {
      const cumulative = b.scale(b.add(b.erf(b.scale(x, Math.SQRT1_2)), b.scalar(1)), 0.5);
      const density = b.scale(b.exp(b.mul(x, b.scale(x, -0.5))), inverseSqrt2Pi);
      return b.mul(g, b.add(cumulative, b.mul(x, density)));
    },
  ],
  StopGradient: () => [undefined],
  Less: flat2,
  Equal: flat2,
  Where: (b, { inputs: [condition] }, g) => {
    const zero = b.scalar(0);
    return [undefined, () => b.where(condition, g, zero), () => b.where(condition, zero, g)];
  },
  // Casts here lead from or to integers and booleans, or change nothing.
  Cast: (_b, { inputs: [x], attributes: { to } }, g) => [
    x.dtype === "float32" && to === "float32" ? () => g : undefined,
  ],
  // Y = AB: dA = G Bᵀ, dB = Aᵀ G
  MatMul: (b, { inputs: [x, y] }, g) => [
    () => b.matmul(g, b.transposeLast(y)),
    () => b.matmul(b.transposeLast(x), g),
  ],
  // Y = op(A) op(B) + c, each op undone on its own side
  Gemm: (b, { inputs, attributes: { transposeA, transposeB } }, g) => {
    const [x, y, bias] = inputs;
    const dx = (): Value =>
      transposeA ? b.gemm([y, g], { a: transposeB, b: true }) : b.gemm([g, y], { b: !transposeB });
    const dy = (): Value =>
      transposeB ? b.gemm([g, x], { a: true, b: transposeA }) : b.gemm([x, g], { a: !transposeA });
    return bias ? [dx, dy, () => b.sum(g, [0])] : [dx, dy];
  },
  // dx = y ⊙ (g − Σ g⊙y)
  Softmax: (b, { output, attributes: { axis } }, g) => [
    () => b.mul(output, b.sub(g, b.sum(b.mul(g, output), [axis], true))),
  ],
  // x̂ = (x−m)·r, y = x̂⊙s + c; with h = g⊙s: dx = r·(h − mean(h) − x̂·mean(h⊙x̂))
  LayerNormalization: (b, { inputs: [x, scale], attributes: { epsilon } }, g) => {
    const centred = (): Value => b.sub(x, meanLast(b, x));
    const inverse = (): Value =>
      b.reciprocal(b.sqrt(b.add(meanLast(b, b.mul(centred(), centred())), b.scalar(epsilon))));
    const normalized = (): Value => b.mul(centred(), inverse());
    return [
      () => {
        const h = b.mul(g, scale);
        const projected = b.mul(normalized(), meanLast(b, b.mul(h, normalized())));
        return b.mul(inverse(), b.sub(b.sub(h, meanLast(b, h)), projected));
      },
      () => sumRows(b, b.mul(g, normalized())),
      () => sumRows(b, g),
    ];
  },
  // x̂ = x·r, y = x̂⊙s; with h = g⊙s: dx = r·(h − x̂·mean(h⊙x̂))
  SimplifiedLayerNormalization: (b, { inputs: [x, scale], attributes: { epsilon } }, g) => {
    const inverse = (): Value => b.reciprocal(b.sqrt(b.add(meanLast(b, b.mul(x, x)), b.scalar(epsilon))));
    const normalized = (): Value => b.mul(x, inverse());
    return [
      () => {
        const h = b.mul(g, scale);
        return b.mul(inverse(), b.sub(h, b.mul(normalized(), meanLast(b, b.mul(h, normalized())))));
      },
      () => sumRows(b, b.mul(g, normalized())),
    ];
  },
  ReduceSum: (b, node, g) => [() => spread(b, node, g)],
  ReduceMean: (b, node, g) => [
    () => {
      const [x] = node.inputs;
      return b.scale(spread(b, node, g), sizeOf(node.output.shape) / sizeOf(x.shape));
    },
  ],
  // Tied maxima share the cotangent equally.
  ReduceMax: (b, node, g) => [
    () => {
      const [x] = node.inputs;
      const isMax = b.cast(b.equal(x, spread(b, node, node.output)), "float32");
      const ties = b.sum(isMax, node.attributes.axes, true);
      return b.mul(spread(b, node, g), b.div(isMax, ties));
    },
  ],
  CumSum: (b, { attributes: { axis, reverse } }, g) => [() => b.cumulativeSum(g, axis, !reverse)],
  Reshape: (b, { inputs: [x] }, g) => [() => b.reshape(g, x.shape)],
  Expand: (_b, _node, g) => [() => g],
  Transpose: (b, { attributes: { permutation } }, g) => [
    () => {
      const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
      return b.transpose(g, inverse);
    },
  ],
  Concat: (b, { inputs, attributes: { axis } }, g) => {
    let start = 0;
    return inputs.map((x) => {
      const from = start;
      const end = (start += x.shape[axis] ?? 0);
      return () => b.slice(g, axis, from, end);
    });
  },
  Slice: (b, { inputs: [x], attributes: { axis, start, end } }, g) => [
    () => b.pad(g, axis, start, (x.shape[axis] ?? 0) - end),
  ],
  Pad: (b, { inputs: [x], attributes: { axis, before } }, g) => [
    () => b.slice(g, axis, before, before + (x.shape[axis] ?? 0)),
  ],
  // Rows that were read several times collect all their cotangents. Indices [i…, 1] need no reshape.
  Gather: (b, { inputs: [table, indices] }, g) => [
    () => {
      const zeros = b.expand(b.scalar(0), table.shape);
      const columns = indices.shape.at(-1) === 1 ? indices : b.reshape(indices, [...indices.shape, 1]);
      const updates = b.reshape(g, [...columns.shape.slice(0, -1), ...table.shape.slice(1)]);
      return b.scatterAdd(zeros, columns, updates);
    },
    undefined,
  ],
  ScatterAdd: (b, { inputs: [, indices, updates] }, g) => [
    () => g,
    undefined,
    () => b.reshape(b.gather(g, indices), updates.shape),
  ],
};

/** Repeats the cotangent of a reduction over the reduced axes. */
function spread(b: GraphBuilder, node: NodeOf<"ReduceSum" | "ReduceMean" | "ReduceMax">, g: Value): Value {
  const [x] = node.inputs;
  const reduced = new Set(node.attributes.axes);
  const kept = x.shape.map((size, axis) => (reduced.has(axis) ? 1 : size));
  return b.expand(b.reshape(g, kept), x.shape);
}
