import type { DType } from "../tensor/dtype";
import type { HostTensor } from "../tensor/host-tensor";
import type { Shape } from "../tensor/shape";

/** A tensor inside a graph. Static single assignment: made by one node, an input or a constant. */
export interface Value {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

type None = Readonly<Record<string, never>>;
interface Axes {
  readonly axes: readonly number[];
  readonly keepDimensions: boolean;
}
interface Unary {
  inputs: readonly [Value];
  attributes: None;
}
interface Binary {
  inputs: readonly [Value, Value];
  attributes: None;
}

/**
 * Every op of the lab: the tuple of its inputs and its attributes. Shapes, axes and other integers that ONNX takes as
 * constant inputs are attributes here. Semantics are those of ONNX opset 18; `Gelu` is exact (erf);
 * `StopGradient` is the identity with no derivative.
 */
export interface OpSignatures {
  Add: Binary;
  Sub: Binary;
  Mul: Binary;
  Div: Binary;
  Min: Binary;
  Neg: Unary;
  Exp: Unary;
  Log: Unary;
  Sqrt: Unary;
  Reciprocal: Unary;
  Erf: Unary;
  Sigmoid: Unary;
  Gelu: Unary;
  StopGradient: Unary;
  Less: Binary;
  Equal: Binary;
  /** condition, value where true, value where false. */
  Where: { inputs: readonly [Value, Value, Value]; attributes: None };
  Cast: { inputs: readonly [Value]; attributes: { readonly to: DType } };
  MatMul: Binary;
  /** op(A)·op(B), or op(A)·op(B) + C with C broadcast over rows; all of rank 2. */
  Gemm: {
    inputs: readonly [Value, Value] | readonly [Value, Value, Value];
    attributes: { readonly transposeA: boolean; readonly transposeB: boolean };
  };
  Softmax: { inputs: readonly [Value]; attributes: { readonly axis: number } };
  /** x, scale, bias; over the last axis. */
  LayerNormalization: {
    inputs: readonly [Value, Value, Value];
    attributes: { readonly epsilon: number };
  };
  /** x, scale; root mean square over the last axis, no centring. */
  SimplifiedLayerNormalization: {
    inputs: readonly [Value, Value];
    attributes: { readonly epsilon: number };
  };
  ReduceSum: { inputs: readonly [Value]; attributes: Axes };
  ReduceMean: { inputs: readonly [Value]; attributes: Axes };
  ReduceMax: { inputs: readonly [Value]; attributes: Axes };
  CumSum: { inputs: readonly [Value]; attributes: { readonly axis: number; readonly reverse: boolean } };
  Reshape: { inputs: readonly [Value]; attributes: { readonly shape: Shape } };
  Expand: { inputs: readonly [Value]; attributes: { readonly shape: Shape } };
  Transpose: { inputs: readonly [Value]; attributes: { readonly permutation: readonly number[] } };
  Concat: { inputs: readonly Value[]; attributes: { readonly axis: number } };
  Slice: {
    inputs: readonly [Value];
    attributes: { readonly axis: number; readonly start: number; readonly end: number };
  };
  /** Zeros before and after, along one axis. */
  Pad: {
    inputs: readonly [Value];
    attributes: { readonly axis: number; readonly before: number; readonly after: number };
  };
  /** Rows of `table` [n, …] at int64 `indices`. */
  Gather: Binary;
  /**
   * Adds `updates` [i…, …] to rows of `data` [n, …] at int64 `indices` [i…, 1]; repeated rows add up. The last axis of
   * the indices is ONNX's: onnxruntime's WebGPU provider would leave a reshape of int64 to the CPU.
   */
  ScatterAdd: { inputs: readonly [Value, Value, Value]; attributes: None };
}

export type Op = keyof OpSignatures;

export interface NodeOf<K extends Op> {
  readonly op: K;
  readonly inputs: OpSignatures[K]["inputs"];
  readonly attributes: OpSignatures[K]["attributes"];
  readonly output: Value;
}

export type GraphNode = { [K in Op]: NodeOf<K> }[Op];

/** A closed graph: nodes in topological order, no weights inside but small constants. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<string, HostTensor>;
}
