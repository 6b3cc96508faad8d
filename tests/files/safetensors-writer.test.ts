import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSafetensors } from "../../src/files/safetensors";
import { writeSafetensors } from "../../src/files/safetensors-writer";
import { float32, int32, int64, type HostTensor } from "../../src/tensor/host-tensor";

const tensors = new Map<string, HostTensor>([
  ["scale", float32([], [2])],
  ["b.weight", float32([2, 2], [0, 1, 2, 3])],
  ["ids", int64([2], [1, -1])],
  ["a.bias", float32([3], [0.5, -0.5, 8])],
]);

describe("writeSafetensors", () => {
  it("writes byte for byte what the reference library writes", () => {
    const reference = new Uint8Array(readFileSync("tests/fixtures/safetensors/plain.safetensors"));
    expect(writeSafetensors(tensors, { metadata: { format: "pt" } })).toEqual(reference);
  });

  it("gives the same bytes whatever the order of tensors and metadata", () => {
    const reversed = new Map([...tensors].reverse());
    expect(writeSafetensors(reversed, { metadata: { b: "2", a: "1" } })).toEqual(
      writeSafetensors(tensors, { metadata: { a: "1", b: "2" } }),
    );
  });

  it("is read back unchanged, with every tensor aligned to its elements", () => {
    const mixed = new Map<string, HostTensor>([
      ...tensors,
      ["flags", { dtype: "bool", shape: [3], data: Uint8Array.of(1, 0, 1) }],
      ["counts", int32([3], [-1, 0, 2 ** 31 - 1])],
      ["none", float32([0, 4], [])],
      ["Größe", float32([1], [NaN])],
    ]);
    const file = writeSafetensors(mixed, { metadata: { Größe: "µ\n" } });
    const { tensors: read, metadata } = readSafetensors(file);
    expect(new Map([...read].sort())).toEqual(new Map([...mixed].sort()));
    expect(metadata).toEqual(new Map([["Größe", "µ\n"]]));
    for (const { data } of read.values()) expect(data.buffer).toBe(file.buffer);
  });

  it("starts the data at a multiple of 8 bytes", () => {
    for (const name of ["a", "ab", "abc", "abcd", "abcde"]) {
      const file = writeSafetensors(new Map([[name, float32([1], [1])]]));
      expect(new DataView(file.buffer).getBigUint64(0, true) % 8n).toBe(0n);
    }
  });

  it("writes float32 as float16 when asked, leaving integers alone", () => {
    const file = writeSafetensors(tensors, { floats: "F16" });
    const { tensors: read } = readSafetensors(file);
    expect(read).toEqual(
      new Map([...tensors].sort(([a], [b]) => [...read.keys()].indexOf(a) - [...read.keys()].indexOf(b))),
    );
    expect(file.byteLength).toBeLessThan(writeSafetensors(tensors).byteLength);
  });

  it("refuses values beyond float16, and takes infinities as they are", () => {
    const large = new Map([["w", float32([2], [1, -65520])]]);
    expect(() => writeSafetensors(large, { floats: "F16", file: "edited.safetensors" })).toThrow(
      "edited.safetensors: w holds -65520, beyond the range of float16. Export in float32.",
    );
    const infinite = new Map([["w", float32([2], [65519, Infinity])]]);
    const { tensors: read } = readSafetensors(writeSafetensors(infinite, { floats: "F16" }));
    expect([...read.get("w")!.data]).toEqual([65504, Infinity]);
  });

  it("refuses the name that the format keeps for itself", () => {
    expect(() => writeSafetensors(new Map([["__metadata__", float32([1], [1])]]))).toThrow("__metadata__");
  });
});
