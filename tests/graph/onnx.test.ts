import onnxProto from "onnx-proto";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/graph/builder";
import { encodeOnnx } from "../../src/graph/onnx";
import type { Graph } from "../../src/graph/types";
import { readVitConfig } from "../../src/stages/model/vit-config";
import { vitModel } from "../../src/stages/model/vit-model";
import { float32, int32, int64 } from "../../src/tensor/host-tensor";
import configJson from "../fixtures/vit-random/config.json";
import { caseGraph, opCases } from "../support/op-cases";

const { onnx } = onnxProto;

function decoded(graph: Graph) {
  const model = onnx.ModelProto.decode(encodeOnnx(graph));
  const { graph: proto } = model;
  return { model, proto: proto! };
}

const dataTypes = { float32: 1, int32: 6, int64: 7, bool: 9 };

describe("an encoded graph", () => {
  it("declares opset 18 and onnxruntime's own ops", () => {
    const b = new GraphBuilder();
    const { model, proto } = decoded(b.build("name of it", { y: b.exp(b.input("x", [2, 3])) }));
    expect(Number(model.irVersion)).toBe(9);
    expect(model.opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([
      ["", 18],
      ["com.microsoft", 1],
    ]);
    expect(proto.name).toBe("name of it");
  });

  it("decodes to the attributes and constants it was made with", () => {
    const b = new GraphBuilder();
    const x = b.input("x", [6, 4]);
    const named = {
      gemm: b.gemm([x, b.input("w", [3, 4])], { b: true }),
      sliced: b.slice(x, 0, 1, 3),
      padded: b.pad(x, 1, 2, 1),
      summed: b.cumulativeSum(x, 1, true),
      reduced: b.max(x, [-1], true),
      turned: b.transpose(x, [1, 0]),
      scaled: b.mul(x, b.constant(float32([4], [1, -2.5, 1e-9, 3]))),
      cast: b.cast(
        b.equal(b.input("labels", [6], "int32"), b.constant(int32([6], [1, -2, 3, 4, 5, 6]))),
        "float32",
      ),
      normal: b.rmsNorm(x, b.input("s", [4]), 1e-6),
      smooth: b.gelu(x),
      scattered: b.scatterAdd(x, b.constant(int64([2, 1], [0, 5])), b.input("u", [2, 4])),
    };
    const { proto } = decoded(b.build("all", named));
    const node = (output: string) => {
      const found = proto.node.find((one) => one.output[0] === output)!;
      const attributes = Object.fromEntries(
        found.attribute.map(({ name, type, i, f, s, ints }) => {
          const values = { 1: f, 2: Number(i), 3: new TextDecoder().decode(s), 7: ints.map(Number) };
          return [name, values[type as 1 | 2 | 3 | 7]];
        }),
      );
      return { ...found, attributes };
    };
    const constant = (name: string): number[] => {
      const { dims, dataType, rawData } = proto.initializer.find((one) => one.name === name)!;
      const bytes = Uint8Array.from(rawData);
      const values =
        dataType === 7
          ? Array.from(new BigInt64Array(bytes.buffer), Number)
          : dataType === 6
            ? [...new Int32Array(bytes.buffer)]
            : [...new Float32Array(bytes.buffer)];
      expect(values.length).toBe(dims.reduce((size, dimension) => size * Number(dimension), 1));
      return values;
    };
    expect(node("gemm").attributes).toEqual({ transA: 0, transB: 1 });
    expect(node("sliced").input.slice(1).map(constant)).toEqual([[1], [3], [0]]);
    expect(constant(node("padded").input[1]!)).toEqual([0, 2, 0, 1]);
    expect(node("summed").attributes).toEqual({ reverse: 1 });
    expect(constant(node("summed").input[1]!)).toEqual([1]);
    expect(node("reduced").attributes).toEqual({ keepdims: 1 });
    expect(constant(node("reduced").input[1]!)).toEqual([1]);
    expect(node("turned").attributes).toEqual({ perm: [1, 0] });
    expect(constant(node("scaled").input[1]!)).toEqual([1, -2.5, Math.fround(1e-9), 3]);
    expect(node("cast").attributes).toEqual({ to: 1 });
    expect(node("normal").attributes).toEqual({ axis: -1, epsilon: Math.fround(1e-6) });
    expect(node("smooth")).toMatchObject({ opType: "Gelu", domain: "com.microsoft" });
    expect(node("scattered")).toMatchObject({ opType: "ScatterND", attributes: { reduction: "add" } });
    expect(constant(node("scattered").input[1]!)).toEqual([0, 5]);
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
    const { proto } = decoded(graph);
    const described = (values: typeof proto.input) =>
      values.map(({ name, type }) => {
        const { elemType, shape } = type!.tensorType!;
        return [name, elemType, shape!.dim!.map(({ dimValue }) => Number(dimValue))];
      });
    const written = (values: Graph["inputs"]) =>
      values.map(({ name, dtype, shape }) => [name, dataTypes[dtype], [...shape]]);
    expect(described(proto.input)).toEqual(written(graph.inputs));
    expect(described(proto.output)).toEqual(written(graph.outputs));
    expect(proto.node.map(({ output }) => output)).toEqual(graph.nodes.map(({ output }) => [output.name]));
    expect(proto.node.map(({ input }, i) => input.slice(0, graph.nodes[i]!.inputs.length))).toEqual(
      graph.nodes.map(({ inputs }) => inputs.map(({ name }) => name)),
    );
    // Single assignment: whatever a node reads has been made before it.
    const known = new Set([...proto.input, ...proto.initializer].map(({ name }) => name));
    for (const { input, output } of proto.node) {
      expect(input.filter((name) => !known.has(name))).toEqual([]);
      for (const name of output) known.add(name);
    }
  });
});
