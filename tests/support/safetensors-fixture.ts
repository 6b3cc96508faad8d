import { readFileSync } from "node:fs";

export interface FixtureTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}

interface Entry {
  readonly dtype: "F32" | "I32";
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Tensors of tests/fixtures/<path>, read by hand so that tests of numbers stand apart from the reader of the lab. */
export function readFixture(path: string): Map<string, FixtureTensor> {
  const bytes = readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString("utf8", 8, 8 + headerLength)) as Record<string, Entry>;
  const tensors = new Map<string, FixtureTensor>();
  delete header.__metadata__;
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    const data = Uint8Array.from(
      bytes.subarray(8 + headerLength + data_offsets[0], 8 + headerLength + data_offsets[1]),
    );
    const values = dtype === "F32" ? new Float32Array(data.buffer) : new Int32Array(data.buffer);
    tensors.set(name, { shape, values });
  }
  return tensors;
}

export function floats(tensors: ReadonlyMap<string, FixtureTensor>, name: string): Float32Array<ArrayBuffer> {
  const values = tensors.get(name)?.values;
  if (!(values instanceof Float32Array)) throw new Error(`fixture: no float tensor ${name}`);
  return values;
}
