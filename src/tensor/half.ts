/**
 * The two 16-bit float formats of checkpoints, as raw bits, to and from float32.
 * Widening is exact. Narrowing rounds to nearest, ties to even, overflows to ±Inf; NaN payloads survive both ways.
 */

export function float32FromFloat16(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const result = new Float32Array(bits.length);
  const words = new Uint32Array(result.buffer);
  for (let i = 0; i < bits.length; i++) {
    const half = bits[i] ?? 0;
    const sign = (half & 0x8000) << 16;
    const magnitude = half & 0x7fff;
    if (magnitude >= 0x7c00) {
      words[i] = sign | 0x7f800000 | ((magnitude & 0x3ff) << 13);
    } else if (magnitude >= 0x400) {
      words[i] = sign | ((magnitude << 13) + 0x38000000);
    } else {
      // Denormal: a whole number of 2⁻²⁴, which float32 holds exactly.
      result[i] = sign === 0 ? magnitude * 2 ** -24 : -magnitude * 2 ** -24;
    }
  }
  return result;
}

export function float16FromFloat32(values: Float32Array): Uint16Array<ArrayBuffer> {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const result = new Uint16Array(values.length);
  for (let i = 0; i < result.length; i++) {
    const word = words[i] ?? 0;
    const sign = (word >>> 16) & 0x8000;
    const magnitude = word & 0x7fffffff;
    result[i] = sign | float16Magnitude(magnitude);
  }
  return result;
}

function float16Magnitude(magnitude: number): number {
  if (magnitude > 0x7f800000) return 0x7c00 | ((magnitude >>> 13) & 0x3ff || 0x200);
  // 65520 lies halfway between the largest float16 and the next power of two, and ties go to even: Inf.
  if (magnitude >= 0x477ff000) return 0x7c00;
  if (magnitude >= 0x38800000) {
    const rebiased = magnitude - 0x38000000;
    return (rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13;
  }
  // At most 2⁻²⁵, half of the smallest denormal.
  if (magnitude <= 0x33000000) return 0;
  const shift = 126 - (magnitude >>> 23);
  const significand = (magnitude & 0x7fffff) | 0x800000;
  const kept = significand >>> shift;
  const rest = significand & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

export function float32FromBfloat16(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const result = new Float32Array(bits.length);
  const words = new Uint32Array(result.buffer);
  for (let i = 0; i < bits.length; i++) words[i] = (bits[i] ?? 0) << 16;
  return result;
}

export function bfloat16FromFloat32(values: Float32Array): Uint16Array<ArrayBuffer> {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const result = new Uint16Array(values.length);
  for (let i = 0; i < result.length; i++) {
    const word = words[i] ?? 0;
    const isNaN = (word & 0x7fffffff) > 0x7f800000;
    if (isNaN) result[i] = (word >>> 16) | (((word >>> 16) & 0x7f) === 0 ? 0x40 : 0);
    else result[i] = (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
  }
  return result;
}
