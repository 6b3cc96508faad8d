import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

const FLOAT = 1;

/** A length-delimited submessage, written by `fill`, under `field`. */
function message(writer: BinaryWriter, field: number, fill: (inner: BinaryWriter) => void): BinaryWriter {
  fill(writer.tag(field, WireType.LengthDelimited).fork());
  return writer.join();
}

function text(writer: BinaryWriter, field: number, content: string): void {
  writer.tag(field, WireType.LengthDelimited).string(content);
}

/** ValueInfoProto: a float tensor of fixed dimensions. */
function value(writer: BinaryWriter, field: number, name: string, dimensions: readonly number[]): void {
  message(writer, field, (info) => {
    text(info, 1, name);
    message(info, 2, (type) =>
      message(type, 1, (tensor) => {
        tensor.tag(1, WireType.Varint).int32(FLOAT);
        message(tensor, 2, (shape) => {
          for (const size of dimensions)
            message(shape, 1, (dimension) => dimension.tag(1, WireType.Varint).int64(size));
        });
      }),
    );
  });
}

/** ONNX bytes of y = a·b for square matrices, encoded by hand: it depends on none of the code under test. */
export function matMulModel(size: number): Uint8Array {
  const model = new BinaryWriter();
  model.tag(1, WireType.Varint).int64(8);
  message(model, 7, (graph) => {
    message(graph, 1, (node) => {
      for (const input of ["a", "b"]) text(node, 1, input);
      text(node, 2, "y");
      text(node, 4, "MatMul");
    });
    text(graph, 2, "product");
    value(graph, 11, "a", [size, size]);
    value(graph, 11, "b", [size, size]);
    value(graph, 12, "y", [size, size]);
  });
  message(model, 8, (opset) => opset.tag(2, WireType.Varint).int64(18));
  return model.finish();
}
