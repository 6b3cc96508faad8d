import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Commands } from "../../../src/gpu/commands";
import type { GpuContext } from "../../../src/gpu/device";
import { DirectionResponses } from "../../../src/gpu/linalg/direction-responses";
import { frobeniusNorms } from "../../../src/gpu/linalg/frobenius";
import { maskRanked } from "../../../src/gpu/linalg/ranked-mask";
import { squareInPlace } from "../../../src/gpu/linalg/square";
import { maskStaircase } from "../../../src/gpu/linalg/staircase";
import { Pace } from "../../../src/gpu/pace";
import { readFloats } from "../../../src/gpu/readback";
import { cutByCount } from "../../../src/tensor/ranked-elements";
import { normals, sharedGpu } from "../../support/gpu";

let gpu: GpuContext;
let bytesBefore: number;
beforeAll(async () => {
  gpu = await sharedGpu();
  bytesBefore = gpu.buffers.bytes;
});
afterEach(() => {
  expect(gpu.buffers.bytes).toBe(bytesBefore);
});

describe("maskStaircase", () => {
  it("keeps the first J(i) rows of every column", async () => {
    const [outputs, inputs] = [5, 300];
    const c = normals(outputs * inputs, 1);
    const steps = Uint32Array.from({ length: inputs }, (_, i) => Math.max(0, 6 - Math.floor(i / 40)));
    const scratch = gpu.buffers.scratch();
    const kept = scratch.createFloats("kept", outputs * inputs);
    const commands = new Commands(gpu);
    const buffers = { C: scratch.upload("C", c), boundary: scratch.upload("J", steps), kept };
    maskStaircase(commands, buffers, outputs, inputs);
    commands.submit();
    const expected = c.map((value, at) => (Math.floor(at / inputs) < steps[at % inputs]! ? value : 0));
    expect(await readFloats(gpu, kept, outputs * inputs)).toEqual(expected);
    scratch.destroy();
  });
});

describe("maskRanked", () => {
  const [rows, columns] = [37, 300];
  const c = normals(rows * columns, 1);

  async function masked(scores: Float32Array<ArrayBuffer>, count: number): Promise<Float32Array> {
    const cut = cutByCount({ values: scores, rows, columns }, count);
    const scratch = gpu.buffers.scratch();
    const kept = scratch.createFloats("kept", rows * columns);
    const commands = new Commands(gpu);
    const buffers = { C: scratch.upload("C", c), scores: scratch.upload("scores", scores), kept };
    maskRanked(commands, buffers, cut, rows, columns);
    commands.submit();
    const values = await readFloats(gpu, kept, rows * columns);
    scratch.destroy();
    return values;
  }

  it.each<[string, Float32Array<ArrayBuffer>]>([
    ["of many magnitudes", normals(rows * columns, 6).map((x) => Math.exp(8 * x))],
    ["with many ties", normals(rows * columns, 7).map((x) => Math.floor(2 * Math.abs(x)))],
    ["that a device may flush to 0", normals(rows * columns, 8).map((x) => 1e-42 * Math.abs(x))],
  ])("keeps exactly the first of the order by scores %s", async (_, scores) => {
    const order = [...scores.keys()].sort(
      (a, b) =>
        scores[b]! - scores[a]! ||
        (a % columns) - (b % columns) ||
        Math.floor(a / columns) - Math.floor(b / columns),
    );
    for (const count of [0, 1, 77, 5000, rows * columns - 1, rows * columns]) {
      const first = new Set(order.slice(0, count));
      const expected = c.map((value, at) => (first.has(at) ? value : 0));
      expect(await masked(scores, count)).toEqual(expected);
    }
  });
});

describe("squareInPlace", () => {
  it("squares every element of a matrix", async () => {
    const [rows, columns] = [5, 300];
    const values = normals(rows * columns, 9);
    const x = gpu.buffers.upload("x", values);
    const commands = new Commands(gpu);
    squareInPlace(commands, x, rows, columns);
    commands.submit();
    expect(await readFloats(gpu, x, rows * columns)).toEqual(values.map((value) => value * value));
    gpu.buffers.destroy(x);
  });
});

describe("frobeniusNorms", () => {
  it("of pairs of 1, 255 and 100,003 elements, read together, are those of float64", async () => {
    const scratch = gpu.buffers.scratch();
    const pairs = [1, 255, 100_003].map((count) => {
      const [a, b] = [normals(count, 2), normals(count, 3)];
      return { a, b, count, A: scratch.upload("A", a), B: scratch.upload("B", b) };
    });
    const measured = await frobeniusNorms(gpu, pairs);
    for (const [i, { a, b, count }] of pairs.entries()) {
      let [squares, differences] = [0, 0];
      for (let k = 0; k < count; k++) {
        squares += a[k]! ** 2;
        differences += (a[k]! - b[k]!) ** 2;
      }
      expect(measured[i]!.norm / Math.sqrt(squares)).toBeCloseTo(1, 6);
      expect(measured[i]!.difference / Math.sqrt(differences)).toBeCloseTo(1, 6);
    }
    scratch.destroy();
  });

  it("of equal matrices are exactly 0 apart, and of none there are none", async () => {
    const A = gpu.buffers.upload("A", normals(1000, 2));
    expect((await frobeniusNorms(gpu, [{ A, B: A, count: 1000 }]))[0]!.difference).toBe(0);
    gpu.buffers.destroy(A);
    expect(await frobeniusNorms(gpu, [])).toEqual([]);
  });
});

describe("DirectionResponses", () => {
  const [images, tokens, d, directions] = [7, 5, 30, 70];
  const x = normals(images * tokens * d, 4);
  const v = normals(directions * d, 5);
  // Image 2, token 1 vanishes: its response is 0, not NaN.
  x.fill(0, (2 * tokens + 1) * d, (2 * tokens + 2) * d);

  /** Mean over the chosen tokens of |v·x|, in float64. */
  function expected(chosen: readonly number[], normalized: boolean): Float64Array {
    const result = new Float64Array(images * directions);
    for (let image = 0; image < images; image++) {
      for (const token of chosen) {
        const row = x.subarray((image * tokens + token) * d, (image * tokens + token + 1) * d);
        const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
        for (let j = 0; j < directions; j++) {
          let inner = 0;
          for (let i = 0; i < d; i++) inner += row[i]! * v[j * d + i]!;
          const value = normalized && length > 0 ? Math.abs(inner) / length : Math.abs(inner);
          result[image * directions + j]! += value / chosen.length;
        }
      }
    }
    return result;
  }

  async function respond(normalized: boolean, readout: boolean): Promise<Float32Array> {
    const scratch = gpu.buffers.scratch();
    const V = { buffer: scratch.upload("V", v), rows: directions, columns: d };
    const responses = new DirectionResponses(gpu, V, images, normalized);
    const pace = new Pace(gpu);
    // Two batches, of four and of three images.
    for (const [first, count] of [
      [0, 4],
      [4, 3],
    ] as const) {
      const buffer = scratch.upload("x", x.slice(first * tokens * d, (first + count) * tokens * d));
      const rows = readout
        ? { buffer, rows: count, columns: d, rowStride: tokens * d }
        : { buffer, rows: count * tokens, columns: d };
      await responses.add(pace, rows, readout ? 1 : tokens);
    }
    const result = await responses.read();
    responses.destroy();
    scratch.destroy();
    return result;
  }

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])("normalized %s, class token only %s: mean over tokens of |v·x|", async (normalized, readout) => {
    const actual = await respond(normalized, readout);
    const wanted = expected(readout ? [0] : [0, 1, 2, 3, 4], normalized);
    expect(actual.length).toBe(wanted.length);
    for (let i = 0; i < actual.length; i++)
      expect(Math.abs(actual[i]! - wanted[i]!)).toBeLessThanOrEqual(1e-5);
  });

  it("refuses more images than announced", async () => {
    const buffer = gpu.buffers.createFloats("x", 60);
    const responses = new DirectionResponses(gpu, { buffer, rows: 2, columns: 30 }, 1, false);
    const rows = { buffer, rows: 2, columns: 30 };
    await expect(responses.add(new Pace(gpu), rows, 1)).rejects.toThrow(
      "at most 1 images of 1 tokens, got 2 rows",
    );
    responses.destroy();
    gpu.buffers.destroy(buffer);
  });
});
