import { formatShape, sameShape } from "../tensor/shape";
import type { GraphBuilder } from "./builder";
import { GraphError } from "./infer-shape";
import type { GraphNode, Value } from "./types";
import { vjpRules, type VjpRule } from "./vjp-rules";

/** Sums a cotangent over the axes along which its input was broadcast. */
function sumToShape(b: GraphBuilder, cotangent: Value, input: Value): Value {
  if (sameShape(cotangent.shape, input.shape)) return cotangent;
  const extra = cotangent.shape.length - input.shape.length;
  if (extra < 0) return b.expand(cotangent, input.shape);
  const axes = cotangent.shape.flatMap((size, axis) => {
    const original = axis < extra ? 1 : (input.shape[axis - extra] ?? 1);
    return axis < extra || (original === 1 && size !== 1) ? [axis] : [];
  });
  return b.reshape(b.sum(cotangent, axes, true), input.shape);
}

/** Names of all values that depend on a target. */
function dependents(nodes: readonly GraphNode[], targets: readonly Value[]): Set<string> {
  const names = new Set(targets.map((target) => target.name));
  for (const node of nodes) {
    if (node.inputs.some((input) => names.has(input.name))) names.add(node.output.name);
  }
  return names;
}

/**
 * Reverse-mode gradient: adds nodes that compute ∂loss/∂target for every target (inputs or inner values of the
 * builder's graph), in the order of `targets`.
 * @throws GraphError if the loss is no scalar or does not depend on a target.
 */
export function gradient(b: GraphBuilder, loss: Value, targets: readonly Value[]): Value[] {
  if (loss.shape.length !== 0) {
    throw new GraphError(`gradient: expected a scalar loss, got ${formatShape(loss.shape)}`);
  }
  return pullback(b, loss, b.scalar(1), targets);
}

/**
 * Vector-Jacobian product: adds nodes that compute Σᵢ cotangentᵢ·∂outputᵢ/∂target for every target, in their order; a
 * gradient whose first step, from the loss to `output`, is known already. Only nodes on a path from a target to the
 * output are walked.
 * @throws GraphError if the cotangent is not of the output's shape, or the output does not depend on a target.
 */
export function pullback(
  b: GraphBuilder,
  output: Value,
  cotangent: Value,
  targets: readonly Value[],
): Value[] {
  if (!sameShape(output.shape, cotangent.shape)) {
    const [expected, actual] = [output, cotangent].map(({ shape }) => formatShape(shape));
    throw new GraphError(`pullback: expected a cotangent of ${expected}, got ${actual}`);
  }
  const nodes = [...b.nodes];
  const onPath = dependents(nodes, targets);
  const cotangents = new Map<string, Value>([[output.name, cotangent]]);

  for (const node of nodes.reverse()) {
    const g = cotangents.get(node.output.name);
    if (!g || !onPath.has(node.output.name)) continue;
    const parts = applyRule(b, node, g);
    node.inputs.forEach((input, position) => {
      const part = parts[position];
      if (!part || !onPath.has(input.name)) return;
      const fitted = sumToShape(b, part(), input);
      const known = cotangents.get(input.name);
      cotangents.set(input.name, known ? b.add(known, fitted) : fitted);
    });
  }

  return targets.map((target) => {
    const reached = cotangents.get(target.name);
    if (!reached) throw new GraphError(`gradient: the loss does not depend on ${target.name}`);
    return reached;
  });
}

function applyRule(b: GraphBuilder, node: GraphNode, g: Value): readonly ((() => Value) | undefined)[] {
  // A node carries the types of its own op; the table lookup loses that link.
  const rule = vjpRules[node.op] as VjpRule<typeof node.op>;
  return rule(b, node, g);
}
