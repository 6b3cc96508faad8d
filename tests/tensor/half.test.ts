import { describe, expect, test } from "vitest";
import {
  bfloat16FromFloat32,
  float16FromFloat32,
  float32FromBfloat16,
  float32FromFloat16,
} from "../../src/tensor/half";

const allBits = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

interface Format {
  readonly name: string;
  readonly exponentBits: number;
  readonly widen: (bits: Uint16Array) => Float32Array;
  readonly narrow: (values: Float32Array) => Uint16Array;
}

const formats: readonly Format[] = [
  { name: "float16", exponentBits: 5, widen: float32FromFloat16, narrow: float16FromFloat32 },
  { name: "bfloat16", exponentBits: 8, widen: float32FromBfloat16, narrow: bfloat16FromFloat32 },
];

/** The value by the definition of IEEE 754: sign, biased exponent, fraction. */
function valueByDefinition(bits: number, exponentBits: number): number {
  const fractionBits = 15 - exponentBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = (bits >> fractionBits) & (2 ** exponentBits - 1);
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias);
}

/** Bits of the nearest finite value or Inf, by comparing distances in float64; `x` is not negative. */
function nearestBits(x: number, widened: Float32Array, infinity: number): number {
  let low = 0;
  let high = infinity;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (widened[middle]! <= x) low = middle;
    else high = middle;
  }
  const below = widened[low]!;
  // Beyond the largest finite value, rounding goes as if one more step of the same size existed.
  const above = high === infinity ? 2 * below - widened[low - 1]! : widened[high]!;
  if (x - below === above - x) return low % 2 === 0 ? low : high;
  return x - below < above - x ? low : high;
}

describe.each(formats)("$name", ({ exponentBits, widen, narrow }) => {
  const widened = widen(allBits);
  const infinity = (2 ** exponentBits - 1) << (15 - exponentBits);

  test("widens all 65536 values as IEEE 754 defines them", () => {
    for (const bits of allBits) {
      const expected = valueByDefinition(bits, exponentBits);
      if (!Object.is(widened[bits], expected))
        expect({ bits, value: widened[bits] }).toEqual({ bits, value: expected });
    }
  });

  test("gives all 65536 values back, NaN payloads and negative zero among them", () => {
    expect(narrow(widened)).toEqual(allBits);
  });

  test("rounds to nearest and ties to even around every step between two neighbours", () => {
    const words = new Uint32Array(1);
    const value = new Float32Array(words.buffer);
    for (let bits = 0; bits < infinity; bits++) {
      const next = bits + 1 === infinity ? 2 * widened[bits]! - widened[bits - 1]! : widened[bits + 1]!;
      value[0] = (widened[bits]! + next) / 2;
      const halfway = words[0]!;
      for (const word of [halfway - 1, halfway, halfway + 1]) {
        words[0] = word;
        const [positive, negative] = narrow(Float32Array.of(value[0], -value[0]));
        const expected = nearestBits(value[0], widened, infinity);
        if (positive !== expected || negative !== expected + 0x8000) {
          expect({ x: value[0], positive, negative }).toEqual({
            x: value[0],
            positive: expected,
            negative: expected + 0x8000,
          });
        }
      }
    }
  });

  test("overflows to infinity and keeps a NaN whose payload does not fit a NaN", () => {
    expect([...narrow(Float32Array.of(Infinity, -Infinity, 3.4028234663852886e38))]).toEqual([
      infinity,
      infinity + 0x8000,
      infinity,
    ]);
    const smallPayload = new Float32Array(Uint32Array.of(0x7f800001, 0xff800001).buffer);
    for (const bits of narrow(smallPayload)) expect(bits & 0x7fff).toBeGreaterThan(infinity);
  });

  test("reads a view that does not start at its buffer's beginning", () => {
    const values = Float32Array.of(9, 1, -2).subarray(1);
    expect([...widen(narrow(values))]).toEqual([1, -2]);
  });
});
