import type { DType } from "../tensor/dtype";
import type { Shape } from "../tensor/shape";
import type { GraphNode } from "./types";

export type Attribute =
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "ints"; readonly value: readonly number[] };

/** One ONNX NodeProto. */
export interface LoweredNode {
  readonly opType: string;
  readonly domain: "" | "com.microsoft";
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Registers an int64 constant of the model and gives its name. */
type Int64Constant = (values: readonly number[], shape: Shape) => string;

const int = (value: number): Attribute => ({ kind: "int", value });
const ints = (value: readonly number[]): Attribute => ({ kind: "ints", value });
const float = (value: number): Attribute => ({ kind: "float", value });

/** `to` attribute of Cast: TensorProto.DataType. */
const castTargets: Readonly<Record<DType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9 };

/** The ONNX node that computes one node of the lab. */
export function lowerNode(node: GraphNode, int64: Int64Constant): LoweredNode {
  const inputs = node.inputs.map((input) => input.name);
  const outputs = [node.output.name];
  const list = (values: readonly number[]): string => int64(values, [values.length]);
  const lowered = (
    attributes: Readonly<Record<string, Attribute>> = {},
    constants: readonly string[] = [],
    opType: string = node.op,
    domain: "" | "com.microsoft" = "",
  ): LoweredNode => ({ opType, domain, inputs: [...inputs, ...constants], outputs, attributes });

  switch (node.op) {
    case "Gelu":
      return lowered({}, [], "Gelu", "com.microsoft");
    case "StopGradient":
      return lowered({}, [], "Identity");
    case "Cast":
      return lowered({ to: int(castTargets[node.attributes.to]) });
    case "Gemm":
      return lowered({
        transA: int(node.attributes.transposeA ? 1 : 0),
        transB: int(node.attributes.transposeB ? 1 : 0),
      });
    case "Softmax":
    case "Concat":
      return lowered({ axis: int(node.attributes.axis) });
    case "LayerNormalization":
    case "SimplifiedLayerNormalization":
      return lowered({ axis: int(-1), epsilon: float(node.attributes.epsilon) });
    case "ReduceSum":
    case "ReduceMean":
    case "ReduceMax":
      return lowered({ keepdims: int(node.attributes.keepDimensions ? 1 : 0) }, [list(node.attributes.axes)]);
    case "CumSum":
      return lowered({ reverse: int(node.attributes.reverse ? 1 : 0) }, [int64([node.attributes.axis], [])]);
    case "Reshape":
    case "Expand":
      return lowered({}, [list(node.attributes.shape)]);
    case "Transpose":
      return lowered({ perm: ints(node.attributes.permutation) });
    case "Slice": {
      const { axis, start, end } = node.attributes;
      return lowered({}, [list([start]), list([end]), list([axis])]);
    }
    case "Pad": {
      const { axis, before, after } = node.attributes;
      const rank = node.output.shape.length;
      const pads = new Array<number>(2 * rank).fill(0);
      pads[axis] = before;
      pads[rank + axis] = after;
      return lowered({}, [list(pads)]);
    }
    case "Gather":
      return lowered({ axis: int(0) });
    case "ScatterAdd":
      return lowered({ reduction: { kind: "string", value: "add" } }, [], "ScatterND");
    default:
      return lowered();
  }
}
