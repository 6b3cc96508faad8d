import type { DType } from "../tensor/dtype";
import { broadcastShapes, formatShape, normalizeAxis, sameShape, sizeOf, type Shape } from "../tensor/shape";
import type { Op, OpSignatures, Value } from "./types";

interface Inferred {
  readonly dtype: DType;
  readonly shape: Shape;
}
interface Signature {
  inputs: readonly Value[];
  attributes: object;
}
type Rule<S extends Signature> = (inputs: S["inputs"], attributes: S["attributes"]) => Inferred;

/** A graph was asked for that cannot be built; the message names the op and the shapes. */
export class GraphError extends Error {
  override readonly name = "GraphError";
}

export function describe(values: readonly Value[]): string {
  return values.map((value) => `${value.dtype} ${formatShape(value.shape)}`).join(", ");
}

function fail(op: Op, expectation: string, inputs: readonly Value[]): never {
  throw new GraphError(`${op}: expected ${expectation}, got ${describe(inputs)}`);
}

function unary(op: Op): Rule<OpSignatures["Neg"]> {
  return ([x]) => (x.dtype === "float32" ? x : fail(op, "a float32 tensor", [x]));
}

function binary(op: Op, result?: DType): Rule<OpSignatures["Add"]> {
  return ([a, b]) => {
    const shape = broadcastShapes(a.shape, b.shape);
    if (!shape || a.dtype !== b.dtype) return fail(op, "tensors of one type whose shapes broadcast", [a, b]);
    return { dtype: result ?? a.dtype, shape };
  };
}

const reduce: Rule<OpSignatures["ReduceSum"]> = ([x], { axes, keepDimensions }) => {
  const reduced = new Set(axes.map((axis) => normalizeAxis(axis, x.shape.length)));
  const shape = keepDimensions
    ? x.shape.map((size, axis) => (reduced.has(axis) ? 1 : size))
    : x.shape.filter((_, axis) => !reduced.has(axis));
  return { dtype: x.dtype, shape };
};

/** Result type and shape of every op: a missing rule fails the type check. */
const rules: { readonly [K in Op]: Rule<OpSignatures[K]> } = {
  Add: binary("Add"),
  Sub: binary("Sub"),
  Mul: binary("Mul"),
  Div: binary("Div"),
  Min: binary("Min"),
  Neg: unary("Neg"),
  Exp: unary("Exp"),
  Log: unary("Log"),
  Sqrt: unary("Sqrt"),
  Reciprocal: unary("Reciprocal"),
  Erf: unary("Erf"),
  Sigmoid: unary("Sigmoid"),
  Gelu: unary("Gelu"),
  StopGradient: ([x]) => x,
  Less: binary("Less", "bool"),
  Equal: binary("Equal", "bool"),
  Where: ([condition, a, b]) => {
    const branches = broadcastShapes(a.shape, b.shape);
    const shape = branches && broadcastShapes(condition.shape, branches);
    if (!shape || condition.dtype !== "bool" || a.dtype !== b.dtype) {
      return fail("Where", "bool, x, x whose shapes broadcast", [condition, a, b]);
    }
    return { dtype: a.dtype, shape };
  },
  Cast: ([x], { to }) => ({ dtype: to, shape: x.shape }),
  MatMul: ([a, b]) => {
    const rank = a.shape.length;
    const m = a.shape[rank - 2];
    const n = b.shape[rank - 1];
    const fits =
      rank >= 2 &&
      b.shape.length === rank &&
      a.shape[rank - 1] === b.shape[rank - 2] &&
      sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    if (!fits || m === undefined || n === undefined) {
      return fail("MatMul", "[…, m, k] and […, k, n] with equal leading dimensions", [a, b]);
    }
    return { dtype: a.dtype, shape: [...a.shape.slice(0, -1), n] };
  },
  Gemm: (inputs, { transposeA, transposeB }) => {
    const [a, b, c] = inputs;
    const [m, ka] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
    const [kb, n] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
    const fits = a.shape.length === 2 && b.shape.length === 2 && ka === kb;
    if (!fits || m === undefined || n === undefined || (c && !sameShape(c.shape, [n]))) {
      return fail("Gemm", "matrices that multiply and a bias of the result's width", inputs);
    }
    return { dtype: a.dtype, shape: [m, n] };
  },
  Softmax: ([x], { axis }) => {
    normalizeAxis(axis, x.shape.length);
    return x;
  },
  LayerNormalization: (inputs) => {
    const [x, scale, bias] = inputs;
    const width = [x.shape[x.shape.length - 1] ?? 0];
    if (!sameShape(scale.shape, width) || !sameShape(bias.shape, width)) {
      return fail("LayerNormalization", "scale and bias as wide as the last axis", inputs);
    }
    return x;
  },
  SimplifiedLayerNormalization: (inputs) => {
    const [x, scale] = inputs;
    if (!sameShape(scale.shape, [x.shape[x.shape.length - 1] ?? 0])) {
      return fail("SimplifiedLayerNormalization", "a scale as wide as the last axis", inputs);
    }
    return x;
  },
  ReduceSum: reduce,
  ReduceMean: reduce,
  ReduceMax: reduce,
  CumSum: ([x], { axis }) => {
    normalizeAxis(axis, x.shape.length);
    return x;
  },
  Reshape: ([x], { shape }) => {
    if (sizeOf(shape) !== sizeOf(x.shape)) return fail("Reshape", `${formatShape(shape)} elements`, [x]);
    return { dtype: x.dtype, shape };
  },
  Expand: ([x], { shape }) => {
    const result = broadcastShapes(x.shape, shape);
    if (!result || !sameShape(result, shape))
      return fail("Expand", `broadcastable to ${formatShape(shape)}`, [x]);
    return { dtype: x.dtype, shape };
  },
  Transpose: ([x], { permutation }) => {
    const sorted = [...permutation].sort((a, b) => a - b);
    if (sorted.length !== x.shape.length || sorted.some((axis, i) => axis !== i)) {
      return fail("Transpose", `a permutation of its axes, not [${permutation.join(", ")}]`, [x]);
    }
    return { dtype: x.dtype, shape: permutation.map((axis) => x.shape[axis] ?? 0) };
  },
  Concat: (inputs, { axis }) => {
    const [first] = inputs;
    if (!first) throw new GraphError("Concat: expected at least one tensor");
    const at = normalizeAxis(axis, first.shape.length);
    const fits = inputs.every(
      (x) =>
        x.dtype === first.dtype &&
        x.shape.length === first.shape.length &&
        x.shape.every((size, i) => i === at || size === first.shape[i]),
    );
    if (!fits) return fail("Concat", `tensors that differ along axis ${at} alone`, inputs);
    const total = inputs.reduce((sum, x) => sum + (x.shape[at] ?? 0), 0);
    return { dtype: first.dtype, shape: first.shape.map((size, i) => (i === at ? total : size)) };
  },
  Slice: ([x], { axis, start, end }) => {
    const at = normalizeAxis(axis, x.shape.length);
    if (start < 0 || end <= start || end > (x.shape[at] ?? 0)) {
      return fail("Slice", `0 ≤ ${start} < ${end} ≤ size of axis ${at}`, [x]);
    }
    return { dtype: x.dtype, shape: x.shape.map((size, i) => (i === at ? end - start : size)) };
  },
  Pad: ([x], { axis, before, after }) => {
    const at = normalizeAxis(axis, x.shape.length);
    return { dtype: x.dtype, shape: x.shape.map((size, i) => (i === at ? before + size + after : size)) };
  },
  Gather: ([table, indices]) => {
    if (indices.dtype !== "int64" || table.shape.length === 0) {
      return fail("Gather", "a table and int64 indices", [table, indices]);
    }
    return { dtype: table.dtype, shape: [...indices.shape, ...table.shape.slice(1)] };
  },
  ScatterAdd: (inputs) => {
    const [data, indices, updates] = inputs;
    const fits =
      indices.dtype === "int64" &&
      indices.shape.at(-1) === 1 &&
      sameShape(updates.shape, [...indices.shape.slice(0, -1), ...data.shape.slice(1)]);
    if (!fits) return fail("ScatterAdd", "data [n, …], int64 indices [i…, 1] and updates [i…, …]", inputs);
    return { dtype: data.dtype, shape: data.shape };
  },
};

/** Type and shape of an op's result; throws a `GraphError` that names op and shapes if its inputs do not fit. */
export function inferShape<K extends Op>(
  op: K,
  inputs: OpSignatures[K]["inputs"],
  attributes: OpSignatures[K]["attributes"],
): Inferred {
  return rules[op](inputs, attributes);
}
