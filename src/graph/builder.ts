import type { DType } from "../tensor/dtype";
import { float32, type HostTensor } from "../tensor/host-tensor";
import { normalizeAxis, sameShape, type Shape } from "../tensor/shape";
import { GraphError, inferShape } from "./infer-shape";
import type { Graph, GraphNode, Op, OpSignatures, Value } from "./types";

/**
 * Builds a graph node by node, all shapes known. Equal nodes are made once (common subexpressions), so gradient rules
 * may recompute what they need without cost. Sizes of axes are read off the values.
 */
export class GraphBuilder {
  readonly #nodes: GraphNode[] = [];
  readonly #inputs: Value[] = [];
  readonly #constants = new Map<string, HostTensor>();
  readonly #known = new Map<string, Value>();
  readonly #names = new Set<string>();

  /** Nodes so far, in topological order. */
  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  #claim(name: string): string {
    if (this.#names.has(name)) throw new GraphError(`a graph has two values named ${name}`);
    this.#names.add(name);
    return name;
  }

  input(name: string, shape: Shape, dtype: DType = "float32"): Value {
    const value: Value = { name: this.#claim(name), dtype, shape };
    this.#inputs.push(value);
    return value;
  }

  constant(tensor: HostTensor): Value {
    const key = `constant ${tensor.dtype} ${tensor.shape.join(",")} ${tensor.data.join(",")}`;
    const known = this.#known.get(key);
    if (known) return known;
    const value: Value = {
      name: this.#claim(`constant_${this.#constants.size}`),
      dtype: tensor.dtype,
      shape: tensor.shape,
    };
    this.#constants.set(value.name, tensor);
    this.#known.set(key, value);
    return value;
  }

  scalar(value: number): Value {
    return this.constant(float32([], [value]));
  }

  /** Adds a node, or finds an equal one. */
  node<K extends Op>(
    op: K,
    inputs: OpSignatures[K]["inputs"],
    attributes: OpSignatures[K]["attributes"],
  ): Value {
    const key = `${op} ${inputs.map((input) => input.name).join(",")} ${JSON.stringify(attributes)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const { dtype, shape } = inferShape(op, inputs, attributes);
    const output: Value = { name: this.#claim(`${op}_${this.#nodes.length}`), dtype, shape };
    // The four fields belong to one op by the types of this method; the union cannot express it.
    this.#nodes.push({ op, inputs, attributes, output } as GraphNode);
    this.#known.set(key, output);
    return output;
  }

  add(a: Value, b: Value): Value {
    return this.node("Add", [a, b], {});
  }
  sub(a: Value, b: Value): Value {
    return this.node("Sub", [a, b], {});
  }
  mul(a: Value, b: Value): Value {
    return this.node("Mul", [a, b], {});
  }
  div(a: Value, b: Value): Value {
    return this.node("Div", [a, b], {});
  }
  min(a: Value, b: Value): Value {
    return this.node("Min", [a, b], {});
  }
  scale(a: Value, factor: number): Value {
    return this.mul(a, this.scalar(factor));
  }
  neg(x: Value): Value {
    return this.node("Neg", [x], {});
  }
  exp(x: Value): Value {
    return this.node("Exp", [x], {});
  }
  log(x: Value): Value {
    return this.node("Log", [x], {});
  }
  sqrt(x: Value): Value {
    return this.node("Sqrt", [x], {});
  }
  reciprocal(x: Value): Value {
    return this.node("Reciprocal", [x], {});
  }
  erf(x: Value): Value {
    return this.node("Erf", [x], {});
  }
  sigmoid(x: Value): Value {
    return this.node("Sigmoid", [x], {});
  }
  gelu(x: Value): Value {
    return this.node("Gelu", [x], {});
  }
  stopGradient(x: Value): Value {
    return this.node("StopGradient", [x], {});
  }
  less(a: Value, b: Value): Value {
    return this.node("Less", [a, b], {});
  }
  equal(a: Value, b: Value): Value {
    return this.node("Equal", [a, b], {});
  }
  where(condition: Value, a: Value, b: Value): Value {
    return this.node("Where", [condition, a, b], {});
  }
  cast(x: Value, to: DType): Value {
    return x.dtype === to ? x : this.node("Cast", [x], { to });
  }
  matmul(a: Value, b: Value): Value {
    return this.node("MatMul", [a, b], {});
  }
  gemm(
    inputs: OpSignatures["Gemm"]["inputs"],
    transpose: { readonly a?: boolean; readonly b?: boolean } = {},
  ): Value {
    return this.node("Gemm", inputs, { transposeA: transpose.a ?? false, transposeB: transpose.b ?? false });
  }
  softmax(x: Value, axis = -1): Value {
    return this.node("Softmax", [x], { axis: normalizeAxis(axis, x.shape.length) });
  }
  layerNorm(x: Value, scale: Value, bias: Value, epsilon: number): Value {
    return this.node("LayerNormalization", [x, scale, bias], { epsilon });
  }
  rmsNorm(x: Value, scale: Value, epsilon: number): Value {
    return this.node("SimplifiedLayerNormalization", [x, scale], { epsilon });
  }
  #reduce(
    op: "ReduceSum" | "ReduceMean" | "ReduceMax",
    x: Value,
    axes: readonly number[],
    keep: boolean,
  ): Value {
    if (axes.length === 0) return x;
    const normalized = axes.map((axis) => normalizeAxis(axis, x.shape.length));
    return this.node(op, [x], { axes: normalized, keepDimensions: keep });
  }
  sum(x: Value, axes: readonly number[] = x.shape.map((_, axis) => axis), keepDimensions = false): Value {
    return this.#reduce("ReduceSum", x, axes, keepDimensions);
  }
  mean(x: Value, axes: readonly number[], keepDimensions = false): Value {
    return this.#reduce("ReduceMean", x, axes, keepDimensions);
  }
  max(x: Value, axes: readonly number[], keepDimensions = false): Value {
    return this.#reduce("ReduceMax", x, axes, keepDimensions);
  }
  cumulativeSum(x: Value, axis: number, reverse = false): Value {
    return this.node("CumSum", [x], { axis: normalizeAxis(axis, x.shape.length), reverse });
  }
  reshape(x: Value, shape: Shape): Value {
    return sameShape(x.shape, shape) ? x : this.node("Reshape", [x], { shape });
  }
  expand(x: Value, shape: Shape): Value {
    return sameShape(x.shape, shape) ? x : this.node("Expand", [x], { shape });
  }
  transpose(x: Value, permutation: readonly number[]): Value {
    return this.node("Transpose", [x], { permutation });
  }
  concat(inputs: readonly Value[], axis: number): Value {
    return this.node("Concat", inputs, { axis: normalizeAxis(axis, inputs[0]?.shape.length ?? 0) });
  }
  slice(x: Value, axis: number, start: number, end: number): Value {
    return this.node("Slice", [x], { axis: normalizeAxis(axis, x.shape.length), start, end });
  }
  pad(x: Value, axis: number, before: number, after: number): Value {
    return this.node("Pad", [x], { axis: normalizeAxis(axis, x.shape.length), before, after });
  }
  gather(table: Value, indices: Value): Value {
    return this.node("Gather", [table, indices], {});
  }
  scatterAdd(data: Value, indices: Value, updates: Value): Value {
    return this.node("ScatterAdd", [data, indices, updates], {});
  }

  /** Swaps the last two axes. */
  transposeLast(x: Value): Value {
    const axes = x.shape.map((_, axis) => axis);
    const rank = axes.length;
    return this.transpose(x, [...axes.slice(0, rank - 2), rank - 1, rank - 2]);
  }

  /**
   * Closes the graph: `outputs` maps public names to values. Nodes no output needs are left out; inputs stay, so that
   * feeds do not depend on what was asked for.
   */
  build(name: string, outputs: Readonly<Record<string, Value>>): Graph {
    const renamed = new Map<string, Value>();
    const copies: GraphNode[] = [];
    for (const [publicName, value] of Object.entries(outputs)) {
      const output: Value = { ...value, name: publicName };
      if (this.#names.has(publicName))
        throw new GraphError(`output ${publicName} clashes with a value of the graph`);
      if (renamed.has(value.name) || !this.#nodes.some((node) => node.output.name === value.name)) {
        copies.push({ op: "StopGradient", inputs: [value], attributes: {}, output });
      } else {
        renamed.set(value.name, output);
      }
    }
    const final = (value: Value): Value => renamed.get(value.name) ?? value;
    const needed = new Set(Object.values(outputs).map((value) => value.name));
    const kept: GraphNode[] = [];
    for (const node of [...this.#nodes].reverse()) {
      if (!needed.has(node.output.name)) continue;
      for (const input of node.inputs) needed.add(input.name);
      kept.push({ ...node, inputs: node.inputs.map(final), output: final(node.output) } as GraphNode);
    }
    const aliases = copies.map((node) => ({ ...node, inputs: node.inputs.map(final) }) as GraphNode);
    return {
      name,
      inputs: this.#inputs,
      outputs: Object.entries(outputs).map(([publicName, value]) => ({ ...value, name: publicName })),
      nodes: [...kept.reverse(), ...aliases],
      constants: new Map([...this.#constants].filter(([constant]) => needed.has(constant))),
    };
  }
}
