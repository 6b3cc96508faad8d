import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blobSource, memorySource, type ByteSource } from "../../src/files/byte-source";
import { openSafetensors, readSafetensors } from "../../src/files/safetensors";
import { SafetensorsError } from "../../src/files/safetensors-header";
import { fileOf, oneTensor } from "./safetensors-text";

const bytes = new Uint8Array(readFileSync("tests/fixtures/safetensors/dtypes.safetensors"));
const written = [0, -1.5, 2, 65504, 2 ** -24, -0.25];

/** A source that notes the ranges it is asked for. */
function watched(source: ByteSource): { source: ByteSource; ranges: [number, number][] } {
  const ranges: [number, number][] = [];
  return {
    ranges,
    source: {
      ...source,
      read(start, end, signal) {
        ranges.push([start, end]);
        return source.read(start, end, signal);
      },
    },
  };
}

describe.each([
  ["memory", memorySource("dtypes.safetensors", bytes)],
  ["a file on disk", blobSource("dtypes.safetensors", new Blob([bytes]))],
])("a file of the reference library, read from %s", (_kind, source) => {
  it.each([
    ["F64", written],
    ["F32", written],
    ["F16", written],
    ["BF16", [0, -1.5, 2, 65536, 2 ** -24, -0.25]],
  ])("gives the values of %s as float32", async (dtype, values) => {
    const file = await openSafetensors(source);
    const { shape, data } = await file.float32(dtype);
    expect(shape).toEqual([2, 3]);
    expect([...data]).toEqual(values);
  });

  it.each(["I64", "I32", "I16", "I8"])("gives the values of %s as float32", async (dtype) => {
    const file = await openSafetensors(source);
    expect([...(await file.float32(dtype)).data]).toEqual([-2, 0, 127]);
  });

  it.each(["U64", "U32", "U16", "U8"])("gives the values of %s as float32", async (dtype) => {
    const file = await openSafetensors(source);
    expect([...(await file.float32(dtype)).data]).toEqual([0, 1, 255]);
  });

  it("keeps I32, I64 and BOOL in their own types", async () => {
    const file = await openSafetensors(source);
    expect(await file.tensor("I32")).toEqual({ dtype: "int32", shape: [3], data: Int32Array.of(-2, 0, 127) });
    expect(await file.tensor("I64")).toEqual({
      dtype: "int64",
      shape: [3],
      data: BigInt64Array.of(-2n, 0n, 127n),
    });
    expect(await file.tensor("BOOL")).toEqual({ dtype: "bool", shape: [3], data: Uint8Array.of(1, 0, 1) });
  });

  it("reads scalars, tensors without elements, names beyond ASCII and metadata", async () => {
    const file = await openSafetensors(source);
    expect(await file.float32("scalar")).toEqual({
      dtype: "float32",
      shape: [],
      data: Float32Array.of(3.25),
    });
    expect(await file.float32("empty")).toEqual({
      dtype: "float32",
      shape: [2, 0],
      data: new Float32Array(),
    });
    expect([...(await file.float32("weights.ä.µ")).data]).toEqual([-7]);
    expect([...file.metadata].sort()).toEqual([
      ["format", "pt"],
      ["note", 'a "quoted" µ'],
    ]);
  });
});

describe("openSafetensors", () => {
  it("reads the header and the tensors asked for, nothing else", async () => {
    const { source, ranges } = watched(memorySource("dtypes.safetensors", bytes));
    const file = await openSafetensors(source);
    const headerEnd = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    expect(ranges).toEqual([
      [0, 8],
      [8, headerEnd],
    ]);
    await file.float32("F16");
    expect(ranges.slice(2)).toEqual([[file.entry("F16").start, file.entry("F16").end]]);
    expect(file.entry("F16").end - file.entry("F16").start).toBe(12);
  });

  it("names tensors like the one that is missing", async () => {
    const file = await openSafetensors(memorySource("dtypes.safetensors", bytes));
    expect(() => file.entry("layer.µ")).toThrow(SafetensorsError);
    await expect(file.float32("head.ä.µ")).rejects.toThrow(
      "dtypes.safetensors has no tensor head.ä.µ; it has 16, for example weights.ä.µ. Check that config.json",
    );
  });

  it("stops at an aborted signal", async () => {
    const file = await openSafetensors(blobSource("dtypes.safetensors", new Blob([bytes])));
    await expect(file.float32("F32", AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  it("says that 8-bit floats cannot be computed with, and still reads the tensors beside them", async () => {
    const bytesOf8 = fileOf(
      '{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
      8,
    );
    const file = await openSafetensors(memorySource("small.safetensors", bytesOf8));
    await expect(file.float32("a")).rejects.toThrow("Tensor a of small.safetensors has the dtype F8_E4M3");
    expect([...(await file.float32("b")).data]).toEqual([0]);
  });
});

describe("readSafetensors", () => {
  it("gives float32 tensors as views of the file where they lie aligned", () => {
    const header = oneTensor("F32", "[2]", 0, 8);
    const alignedFile = fileOf(header.padEnd(Math.ceil(header.length / 8) * 8), 8);
    new DataView(alignedFile.buffer).setFloat32(alignedFile.length - 4, 1.25, true);
    const { data } = readSafetensors(alignedFile).tensors.get("x")!;
    expect(data.buffer).toBe(alignedFile.buffer);
    expect([...data]).toEqual([0, 1.25]);
  });

  it("copies tensors that do not lie aligned", () => {
    const header = oneTensor("F32", "[2]", 0, 8);
    const crooked = fileOf(header.padEnd(Math.ceil(header.length / 8) * 8 + 1), 8);
    new DataView(crooked.buffer).setFloat32(crooked.length - 4, 1.25, true);
    expect([...readSafetensors(crooked).tensors.get("x")!.data]).toEqual([0, 1.25]);
  });

  it("keeps NaN and infinities", () => {
    const file = fileOf(oneTensor("F32", "[3]", 0, 12).padEnd(64), 12);
    new Float32Array(file.buffer, file.length - 12).set([NaN, Infinity, -Infinity]);
    expect([...readSafetensors(file).tensors.get("x")!.data]).toEqual([NaN, Infinity, -Infinity]);
  });
});
