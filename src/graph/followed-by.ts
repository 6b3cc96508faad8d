import { GraphError } from "./infer-shape";
import { sameShape } from "../tensor/shape";
import type { Graph, GraphNode, Value } from "./types";

/**
 * One graph of two: the inputs of `next` are outputs of `graph`, by name, and nothing but the outputs of `next` is put
 * out. Inner values of `next` are renamed, those of `graph` keep their names.
 * @throws GraphError if an input of `next` is no output of `graph`, or an output has the name of a value of `graph`.
 */
export function followedBy(graph: Graph, next: Graph): Graph {
  const given = new Map(graph.outputs.map((value) => [value.name, value]));
  for (const { name, shape, dtype } of next.inputs) {
    const output = given.get(name);
    if (output?.dtype !== dtype || !sameShape(output.shape, shape))
      throw new GraphError(`${next.name} takes ${name}, which is no such output of ${graph.name}`);
  }
  const taken = new Set([
    ...graph.inputs.map(({ name }) => name),
    ...graph.nodes.map(({ output }) => output.name),
    ...graph.constants.keys(),
  ]);
  const clash = next.outputs.find(({ name }) => taken.has(name));
  if (clash) throw new GraphError(`${next.name} puts out ${clash.name}, which is a value of ${graph.name}`);
  const kept = new Set([...next.inputs, ...next.outputs].map(({ name }) => name));
  const inner = (name: string): string => (kept.has(name) ? name : `${next.name}/${name}`);
  const renamed = (value: Value): Value => ({ ...value, name: inner(value.name) });
  const nodes = next.nodes.map(
    // The fields of a node belong to one op, which is not changed; the union cannot express it.
    (node) => ({ ...node, inputs: node.inputs.map(renamed), output: renamed(node.output) }) as GraphNode,
  );
  return {
    name: `${graph.name}_${next.name}`,
    inputs: graph.inputs,
    outputs: next.outputs,
    nodes: [...graph.nodes, ...nodes],
    constants: new Map([
      ...graph.constants,
      ...[...next.constants].map(([name, tensor]) => [inner(name), tensor] as const),
    ]),
  };
}
