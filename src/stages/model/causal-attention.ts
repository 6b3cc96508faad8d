import type { GraphBuilder } from "../../graph/builder";
import type { Value } from "../../graph/types";
import { float32, type FloatTensor } from "../../tensor/host-tensor";

/** Heads of an attention whose groups of queries share keys and values. */
export interface AttentionHeads {
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
}

/** Added to the scores of keys that must not be seen: far below any score, yet finite on every provider. */
const hidden = -1e9;

/** Cosines and signed sines of rotary positions, both [positions, headSize]. */
export interface RotaryTables {
  readonly cosines: FloatTensor;
  /** Negative in the first half: what the second half of a head adds to its first. */
  readonly sines: FloatTensor;
}

/** Entries i and i + headSize/2 of a head at position t turn by the angle t·θ^(−2i/headSize). */
export function rotaryTables(positions: number, headSize: number, theta: number): RotaryTables {
  const half = headSize / 2;
  const cosines = new Float32Array(positions * headSize);
  const sines = new Float32Array(positions * headSize);
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < half; i++) {
      const angle = position * theta ** ((-2 * i) / headSize);
      const first = position * headSize + i;
      cosines[first] = cosines[first + half] = Math.cos(angle);
      sines[first] = -Math.sin(angle);
      sines[first + half] = Math.sin(angle);
    }
  }
  const shape = [positions, headSize];
  return { cosines: float32(shape, cosines), sines: float32(shape, sines) };
}

/** Turns the heads of x […, headSize] by cosines and signed sines that broadcast to it. */
export function rotate(b: GraphBuilder, x: Value, cosines: Value, sines: Value): Value {
  const last = x.shape.length - 1;
  const size = x.shape[last] ?? 0;
  const swapped = b.concat([b.slice(x, last, size / 2, size), b.slice(x, last, 0, size / 2)], last);
  return b.add(b.mul(x, cosines), b.mul(swapped, sines));
}

/** Rows of tokens [batch·length, heads·headSize] as [batch, heads, length, headSize]. */
export function splitHeads(b: GraphBuilder, x: Value, batch: number, headSize: number): Value {
  const [rows = 0, width = 0] = x.shape;
  return b.transpose(b.reshape(x, [batch, rows / batch, width / headSize, headSize]), [0, 2, 1, 3]);
}

/** What to add to scores […, queries, keys] so that every query sees the keys up to its own position. */
export function causalMask(b: GraphBuilder, queryPositions: Value, keyPositions: Value): Value {
  return b.scale(b.cast(b.less(queryPositions, keyPositions), "float32"), hidden);
}

/**
 * softmax(QKᵀ/√headSize + mask)·V for queries [batch, heads, length, headSize] and keys and values
 * [batch, keyValueHeads, keys, headSize]; gives rows of tokens [batch·length, heads·headSize].
 */
export function attend(
  b: GraphBuilder,
  { heads, keyValueHeads, headSize }: AttentionHeads,
  { queries, keys, values, mask }: Readonly<Record<"queries" | "keys" | "values" | "mask", Value>>,
): Value {
  const [batch = 0, , length = 0] = queries.shape;
  const keyCount = keys.shape[2] ?? 0;
  // Heads that share keys lie one after the other: as further rows of one product they need no copy of the keys.
  const stacked = [batch, keyValueHeads, (heads / keyValueHeads) * length];
  const scaled = b.scale(queries, 1 / Math.sqrt(headSize));
  const scores = b.matmul(b.reshape(scaled, [...stacked, headSize]), b.transposeLast(keys));
  const masked = b.add(b.reshape(scores, [batch, heads, length, keyCount]), mask);
  const weights = b.reshape(b.softmax(masked), [...stacked, keyCount]);
  const mixed = b.reshape(b.matmul(weights, values), [batch, heads, length, headSize]);
  return b.reshape(b.transpose(mixed, [0, 2, 1, 3]), [batch * length, heads * headSize]);
}
