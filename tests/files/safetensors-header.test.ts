import { describe, expect, it } from "vitest";
import { SafetensorsError, type SafetensorsCode } from "../../src/files/safetensors-header";
import { readSafetensors } from "../../src/files/safetensors";
import { fileOf, oneTensor } from "./safetensors-text";

function errorOf(bytes: Uint8Array<ArrayBuffer>): SafetensorsError {
  try {
    readSafetensors(bytes, "weights.safetensors");
  } catch (error) {
    if (error instanceof SafetensorsError) return error;
    throw error;
  }
  throw new Error("readSafetensors: expected an error, the file was accepted");
}

/** The header length alone, with nothing behind it. */
function lengthOnly(length: bigint): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(8);
  new DataView(file.buffer).setBigUint64(0, length, true);
  return file;
}

const tenTimesTheSameBytes = `{${Array.from(
  { length: 10 },
  (_, i) => `"t${String(i)}":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}`,
).join(",")}}`;

const twoTensors = (second: string): string =>
  `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":${second}}}`;

const rejected: readonly [claim: string, file: Uint8Array<ArrayBuffer>, code: SafetensorsCode][] = [
  ["an empty file", new Uint8Array(), "too-short"],
  ["a file of 7 bytes", new Uint8Array(7), "too-short"],
  ["a length with no header behind it", lengthOnly(60n), "header-beyond-end"],
  ["a header length near 2⁶⁴", lengthOnly(0xffffffff0000003cn), "header-too-large"],
  ["a header length that rounds to 2⁵³ as a number", lengthOnly(2n ** 53n + 1n), "header-too-large"],
  ["a header that is not UTF-8", fileOf(Uint8Array.of(0xff)), "header-not-utf8"],
  ["a header behind a byte order mark", fileOf("\ufeff{}"), "header-not-json"],
  ["a header that ends in the middle", fileOf("{"), "header-not-json"],
  ["an empty header", fileOf(""), "header-not-json"],
  ["zero bytes as padding", fileOf("{}\0\0"), "header-not-json"],
  ["a list as header", fileOf("[]"), "header-invalid"],
  ["a number as header", fileOf("3"), "header-invalid"],
  ["34 bytes behind the last tensor", fileOf(oneTensor("I32", "[2,2]", 0, 16), 16 + 34), "file-length"],
  ["2 bytes too few for the last tensor", fileOf(oneTensor("I32", "[2,2]", 0, 16), 14), "file-length"],
  ["bytes without a tensor", fileOf("{}", 1), "file-length"],
  ["ten tensors on the same bytes", fileOf(tenTimesTheSameBytes, 16), "offsets"],
  ["a hole before the first tensor", fileOf(oneTensor("F32", "[1]", 4, 8), 8), "offsets"],
  ["a hole between tensors", fileOf(twoTensors("[8,12]"), 12), "offsets"],
  ["an overlap of tensors", fileOf(twoTensors("[2,6]"), 6), "offsets"],
  ["offsets that run backwards", fileOf(twoTensors("[4,0]"), 4), "offsets"],
  ["a span smaller than the shape", fileOf(oneTensor("I32", "[2,2]", 0, 4), 4), "size-mismatch"],
  ["a span larger than the shape", fileOf(oneTensor("F16", "[2,2]", 0, 16), 16), "size-mismatch"],
  [
    "a dimension of 2⁶⁴ - 2",
    fileOf(oneTensor("F32", "[2,18446744073709551614]", 0, 16), 16),
    "too-many-elements",
  ],
  [
    "a product beyond 2⁵³",
    fileOf(oneTensor("F32", "[9223372036854775807,2]", 0, 16), 16),
    "too-many-elements",
  ],
  ["offsets beyond 2⁵³", fileOf(oneTensor("F32", "[1]", 0, 2 ** 60)), "header-invalid"],
  ["a negative dimension", fileOf(oneTensor("F32", "[-1]", 0, 4), 4), "header-invalid"],
  ["a dimension written 1.0", fileOf(oneTensor("F32", "[1.0]", 0, 4), 4), "header-invalid"],
  ["a dimension written 1e0", fileOf(oneTensor("F32", "[1e0]", 0, 4), 4), "header-invalid"],
  ["a dimension as text", fileOf(oneTensor("F32", '["1"]', 0, 4), 4), "header-invalid"],
  ["no shape", fileOf('{"x":{"dtype":"F32","data_offsets":[0,4]}}', 4), "header-invalid"],
  ["no dtype", fileOf('{"x":{"shape":[1],"data_offsets":[0,4]}}', 4), "header-invalid"],
  ["three offsets", fileOf('{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}', 4), "header-invalid"],
  ["no offsets", fileOf('{"x":{"dtype":"F32","shape":[1]}}', 4), "header-invalid"],
  ["a tensor that is a list", fileOf('{"x":[]}'), "header-invalid"],
  ["metadata that is no text", fileOf('{"__metadata__":{"steps":3}}'), "header-invalid"],
  ["metadata that is a list", fileOf('{"__metadata__":[]}'), "header-invalid"],
  ["a name with half a surrogate pair", fileOf('{"\\ud800":{}}'), "header-invalid"],
  ["an unknown dtype", fileOf(oneTensor("F31", "[1]", 0, 4), 4), "unknown-dtype"],
  [
    "a dtype that is a property of every object",
    fileOf(oneTensor("toString", "[1]", 0, 4), 4),
    "unknown-dtype",
  ],
  ["4-bit floats", fileOf(oneTensor("F4", "[8]", 0, 4), 4), "unsupported-dtype"],
  ["6-bit floats", fileOf(oneTensor("F6_E2M3", "[4]", 0, 3), 3), "unsupported-dtype"],
  [
    "two tensors of one name",
    fileOf(
      `{"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}`,
    ),
    "duplicate-key",
  ],
  [
    "one name in two spellings",
    fileOf(
      `{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\\u0061" :{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}`,
    ),
    "duplicate-key",
  ],
  [
    "two dtypes in one tensor",
    fileOf('{"x":{"dtype":"U8","dtype":"I8","shape":[0],"data_offsets":[0,0]}}'),
    "duplicate-key",
  ],
  ["a metadata key twice", fileOf('{"__metadata__":{"k":"1","k":"2"}}'), "duplicate-key"],
];

describe("a strict reader rejects", () => {
  it.each(rejected)("%s", (_claim, file, code) => {
    const error = errorOf(file);
    expect(error.code, error.message).toBe(code);
    expect(error.fault).toContain("weights.safetensors");
    expect(error.message).toBe(`${error.fault} ${error.remedy}`);
    expect(error.remedy).toMatch(/[.]$/);
  });

  it("a header of more than 100,000,000 bytes even if they are there", () => {
    expect(errorOf(lengthOnly(100_000_001n)).code).toBe("header-too-large");
    expect(errorOf(lengthOnly(100_000_000n)).code).toBe("header-beyond-end");
  });
});

describe("a strict reader accepts", () => {
  it.each([
    ["no tensors", fileOf("{}"), []],
    ["whitespace around the header", fileOf("\t\n{}\r "), []],
    ["a scalar", fileOf(oneTensor("F32", "[]", 0, 4), 4), [[]]],
    ["tensors without elements", fileOf(oneTensor("F32", "[2,0]", 0, 0)), [[2, 0]]],
    [
      "tensors without elements whose other dimension is huge",
      fileOf(oneTensor("F32", "[0,4294967296]", 0, 0)),
      [[0, 4294967296]],
    ],
    ["metadata that is null", fileOf('{"__metadata__":null}'), []],
    [
      "fields it does not know",
      fileOf('{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"note":"[{\\"{"}}', 1),
      [[1]],
    ],
    [
      "names that are properties of every object",
      fileOf('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1),
      [[1]],
    ],
    ["two objects with the same keys", fileOf(twoTensors("[4,8]"), 8), [[1], [1]]],
  ])("%s", (_claim, file, shapes) => {
    const { tensors } = readSafetensors(file);
    expect([...tensors.values()].map(({ shape }) => shape)).toEqual(shapes);
  });

  it("an empty tensor that shares its offset with the one behind it", () => {
    const file = fileOf(
      '{"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}',
      4,
    );
    expect([...readSafetensors(file).tensors.keys()]).toEqual(["a", "b"]);
  });
});
