import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import { encodeOnnx } from "../../src/graph/onnx";
import type { Graph } from "../../src/graph/types";
import { readVitConfig } from "../../src/stages/model/vit-config";
import { vitModel } from "../../src/stages/model/vit-model";
import { float32, int32, int64 } from "../../src/tensor/host-tensor";
import configJson from "../fixtures/vit-random/config.json";
import { decodeOnnx } from "../support/decoded-onnx";
import { caseGraph, opCases } from "../support/op-cases";

const dataTypes = { float32: 1, int32: 6, int64: 7, bool: 9 };

describe("an encoded graph", () => {
  it("declares opset 18 and onnxruntime's own ops", () => {
    const b = new GraphBuilder();
    const bytes = encodeOnnx(b.build("name of it", { y: b.exp(b.input("x", [2, 3])) }));
    const { irVersion, opsets, name } = decodeOnnx(bytes);
    expect({ irVersion, opsets, name }).toEqual({
      irVersion: 9,
      opsets: [
        ["", 18],
        ["com.microsoft", 1],
      ],
      name: "name of it",
    });
  });

  it("decodes to the attributes and constants it was made with", () => {
    const b = new GraphBuilder();
    const x = b.input("x", [6, 4]);
    const labels = b.input("labels", [6], "int32");
    const graph = b.build("all", {
      gemm: b.gemm([x, b.input("w", [3, 4])], { b: true }),
      sliced: b.slice(x, 0, 1, 3),
      padded: b.pad(x, 1, 2, 1),
      summed: b.cumulativeSum(x, 1, true),
      reduced: b.max(x, [-1], true),
      turned: b.transpose(x, [1, 0]),
      scaled: b.mul(x, b.constant(float32([4], [1, -2.5, 1e-9, 3]))),
      same: b.equal(labels, b.constant(int32([6], [1, -2, 3, 4, 5, 6]))),
      cast: b.cast(labels, "float32"),
      normal: b.rmsNorm(x, b.input("s", [4]), 1e-6),
      smooth: b.gelu(x),
      scattered: b.scatterAdd(x, b.constant(int64([2, 1], [0, 5])), b.input("u", [2, 4])),
    });
    const { nodes, constants } = decodeOnnx(encodeOnnx(graph));
    const node = (output: string) => nodes.find(({ outputs }) => outputs[0] === output)!;
    const constant = (output: string, input: number) => constants.get(node(output).inputs[input]!);
    expect(node("gemm").attributes).toEqual({ transA: 0, transB: 1 });
    expect([1, 2, 3].map((input) => constant("sliced", input))).toEqual([
      { shape: [1], values: [1] },
      { shape: [1], values: [3] },
      { shape: [1], values: [0] },
    ]);
    expect(constant("padded", 1)).toEqual({ shape: [4], values: [0, 2, 0, 1] });
    expect(node("summed").attributes).toEqual({ reverse: 1 });
    expect(constant("summed", 1)).toEqual({ shape: [], values: [1] });
    expect(node("reduced").attributes).toEqual({ keepdims: 1 });
    expect(constant("reduced", 1)).toEqual({ shape: [1], values: [1] });
    expect(node("turned").attributes).toEqual({ perm: [1, 0] });
    expect(constant("scaled", 1)).toEqual({ shape: [4], values: [1, -2.5, Math.fround(1e-9), 3] });
    expect(constant("same", 1)).toEqual({ shape: [6], values: [1, -2, 3, 4, 5, 6] });
    expect(node("cast").attributes).toEqual({ to: 1 });
    expect(node("normal").attributes).toEqual({ axis: -1, epsilon: Math.fround(1e-6) });
    expect(node("smooth")).toMatchObject({ op: "Gelu", domain: "com.microsoft" });
    expect(node("scattered")).toMatchObject({ op: "ScatterND", attributes: { reduction: "add" } });
    expect(constant("scattered", 1)).toEqual({ shape: [2, 1], values: [0, 5] });
  });

  const config = readVitConfig(configJson);
  const model = vitModel({ title: "", config, configJson, parameters: new Map(), training: undefined });
  const linears = model.summary.linears.map(({ id }) => id);
  const all: [string, Graph][] = [
    ["the forward graph", model.forward(3)],
    ["the taps of every linear", model.taps(3, linears, "sampled").graph],
    ...Object.entries(opCases).map(([op, [first]]): [string, Graph] => [
      op,
      caseGraph(new GraphBuilder(), first!).graph,
    ]),
  ];
  it.each(all)("decodes to the same inputs, outputs, nodes and connections: %s", (_, graph) => {
    const { inputs, outputs, nodes, constants } = decodeOnnx(encodeOnnx(graph));
    const written = (values: Graph["inputs"]) =>
      values.map(({ name, dtype, shape }) => [name, dataTypes[dtype], [...shape]]);
    expect(inputs).toEqual(written(graph.inputs));
    expect(outputs).toEqual(written(graph.outputs));
    const connected = nodes.map((node, i) => [
      node.inputs.slice(0, graph.nodes[i]!.inputs.length),
      node.outputs,
    ]);
    expect(connected).toEqual(
      graph.nodes.map((node) => [node.inputs.map(({ name }) => name), [node.output.name]]),
    );
    // Single assignment: whatever a node reads has been made before it.
    const known = new Set([...inputs.map(([name]) => name), ...constants.keys()]);
    for (const node of nodes) {
      expect(node.inputs.filter((name) => !known.has(name))).toEqual([]);
      for (const name of node.outputs) known.add(name);
    }
  });
});
