import onnxProto from "onnx-proto";

const { onnx } = onnxProto;

type ModelProto = ReturnType<typeof onnx.ModelProto.decode>;
type GraphProto = NonNullable<ModelProto["graph"]>;

export interface DecodedNode {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Name, TensorProto.DataType and dimensions. */
export type DecodedValue = readonly [name: string, type: number, shape: readonly number[]];

export interface DecodedOnnx {
  readonly irVersion: number;
  readonly opsets: readonly (readonly [domain: string, version: number])[];
  readonly name: string;
  readonly nodes: readonly DecodedNode[];
  readonly constants: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: number[] }>;
  readonly inputs: readonly DecodedValue[];
  readonly outputs: readonly DecodedValue[];
}

function valuesOf(values: GraphProto["input"]): DecodedValue[] {
  return (values ?? []).map(({ name, type }) => {
    const { elemType, shape } = type?.tensorType ?? {};
    return [name ?? "", elemType ?? 0, (shape?.dim ?? []).map(({ dimValue }) => Number(dimValue))];
  });
}

function nodesOf(nodes: GraphProto["node"]): DecodedNode[] {
  return (nodes ?? []).map(({ opType, domain, input, output, attribute }) => {
    const attributes = (attribute ?? []).map(({ name, type, f, i, s, ints }): [string, unknown] => {
      const text = new TextDecoder().decode(s ?? new Uint8Array());
      const byType: Record<number, unknown> = { 1: f, 2: Number(i), 3: text, 7: (ints ?? []).map(Number) };
      return [name ?? "", byType[Number(type)]];
    });
    const named = Object.fromEntries(attributes);
    return {
      op: opType ?? "",
      domain: domain ?? "",
      inputs: input ?? [],
      outputs: output ?? [],
      attributes: named,
    };
  });
}

function numbers(type: number, raw: Uint8Array): number[] {
  const { buffer } = Uint8Array.from(raw);
  if (type === 1) return [...new Float32Array(buffer)];
  if (type === 6) return [...new Int32Array(buffer)];
  if (type === 7) return Array.from(new BigInt64Array(buffer), Number);
  throw new Error(`decoded ONNX: a constant of type ${String(type)}`);
}

/** Bytes of an ONNX model as the public schema's own decoder reads them. */
export function decodeOnnx(bytes: Uint8Array): DecodedOnnx {
  const model = onnx.ModelProto.decode(bytes);
  const { graph } = model;
  if (!graph) throw new Error("decoded ONNX: no graph");
  const constants = (graph.initializer ?? []).map(({ name, dims, dataType, rawData }) => {
    const shape = (dims ?? []).map(Number);
    return [name ?? "", { shape, values: numbers(dataType ?? 0, rawData ?? new Uint8Array()) }] as const;
  });
  return {
    irVersion: Number(model.irVersion),
    opsets: model.opsetImport.map(({ domain, version }) => [domain ?? "", Number(version)] as const),
    name: graph.name ?? "",
    nodes: nodesOf(graph.node),
    constants: new Map(constants),
    inputs: valuesOf(graph.input),
    outputs: valuesOf(graph.output),
  };
}
