import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { DType } from "../tensor/dtype";
import { int64, type HostTensor } from "../tensor/host-tensor";
import type { Shape } from "../tensor/shape";
import { lowerNode, type Attribute, type LoweredNode } from "./onnx-ops";
import type { Graph, Value } from "./types";

/**
 * Graph → bytes of an ONNX ModelProto (onnx.proto, IR version 9). Field numbers are those of the public schema; only
 * the handful of messages the lab needs is written, straight to the wire, so no generated code is shipped.
 */

const irVersion = 9;
const opsetVersion = 18;
/** TensorProto.DataType. */
const dataTypes: Readonly<Record<DType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9 };
/** AttributeProto.AttributeType. */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

type Write = (writer: BinaryWriter) => void;

function message(writer: BinaryWriter, field: number, write: Write): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function writeAttribute(writer: BinaryWriter, name: string, attribute: Attribute): void {
  text(writer, 1, name);
  switch (attribute.kind) {
    case "float":
      writer.tag(2, WireType.Bit32).float(attribute.value);
      break;
    case "int":
      integer(writer, 3, attribute.value);
      break;
    case "string":
      writer.tag(4, WireType.LengthDelimited).bytes(new TextEncoder().encode(attribute.value));
      break;
    case "ints":
      for (const value of attribute.value) integer(writer, 8, value);
      break;
  }
  integer(writer, 20, attributeTypes[attribute.kind]);
}

function writeNode(writer: BinaryWriter, node: LoweredNode): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.outputs) text(writer, 2, output);
  text(writer, 3, node.outputs[0] ?? node.opType);
  text(writer, 4, node.opType);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message(writer, 5, (w) => {
      writeAttribute(w, name, attribute);
    });
  }
  if (node.domain !== "") text(writer, 7, node.domain);
}

function writeTensor(writer: BinaryWriter, name: string, tensor: HostTensor): void {
  for (const dimension of tensor.shape) integer(writer, 1, dimension);
  integer(writer, 2, dataTypes[tensor.dtype]);
  text(writer, 8, name);
  const { buffer, byteOffset, byteLength } = tensor.data;
  writer.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(buffer, byteOffset, byteLength));
}

function writeShape(writer: BinaryWriter, shape: Shape): void {
  for (const dimension of shape) {
    message(writer, 1, (w) => {
      integer(w, 1, dimension);
    });
  }
}

function writeValueInfo(writer: BinaryWriter, value: Value): void {
  text(writer, 1, value.name);
  message(writer, 2, (type) => {
    message(type, 1, (tensor) => {
      integer(tensor, 1, dataTypes[value.dtype]);
      message(tensor, 2, (shape) => {
        writeShape(shape, value.shape);
      });
    });
  });
}

/** Serialises a graph for onnxruntime. */
export function encodeOnnx(graph: Graph): Uint8Array {
  const constants = new Map(graph.constants);
  const nodes = graph.nodes.map((node) =>
    lowerNode(node, (values, shape) => {
      const name = `int64_${shape.join("x")}_${values.join("_")}`;
      constants.set(name, int64(shape, values));
      return name;
    }),
  );
  const writer = new BinaryWriter();
  integer(writer, 1, irVersion);
  text(writer, 2, "eigenband");
  message(writer, 7, (w) => {
    for (const node of nodes) {
      message(w, 1, (n) => {
        writeNode(n, node);
      });
    }
    text(w, 2, graph.name);
    for (const [name, tensor] of constants) {
      message(w, 5, (t) => {
        writeTensor(t, name, tensor);
      });
    }
    for (const value of graph.inputs) {
      message(w, 11, (v) => {
        writeValueInfo(v, value);
      });
    }
    for (const value of graph.outputs) {
      message(w, 12, (v) => {
        writeValueInfo(v, value);
      });
    }
  });
  for (const [domain, version] of [
    ["", opsetVersion],
    ["com.microsoft", 1],
  ] as const) {
    message(writer, 8, (w) => {
      text(w, 1, domain);
      integer(w, 2, version);
    });
  }
  return writer.finish();
}
