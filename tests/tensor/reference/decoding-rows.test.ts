import { expect, it } from "vitest";
import {
  cachedAttention,
  gateRows,
  normalizeRows,
  rotateIntoCache,
  rowProducts,
} from "../../../src/tensor/reference/decoding-rows";
import { RandomStream } from "../../../src/tensor/random";

/** Each formula again, entry by entry, in float64. */

const stream = new RandomStream(3);
const drawn = (count: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: count }, () => stream.normal());

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function expectClose(values: Float32Array, expected: readonly number[], tolerance = 1e-5): void {
  expect(values.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(values[i]! - value), `entry ${i}`).toBeLessThan(tolerance * (1 + Math.abs(value)));
  }
}

it.each([
  [1, 9, 7],
  [3, 8, 12],
  [5, 1, 1],
])("products of %i rows of %i entries with %i outputs, placed in wider rows", (rows, depth, outputs) => {
  const [X, W] = [drawn(rows * depth), drawn(outputs * depth)];
  const stride = outputs + 4;
  const Y = new Float32Array(rows * stride).fill(-7);
  rowProducts(X, W, rows, depth, { data: Y, first: 3, stride });
  const expected = range(rows * stride).map((at) => {
    const [r, n] = [Math.floor(at / stride), (at % stride) - 3];
    if (n < 0 || n >= outputs) return -7;
    return range(depth).reduce((sum, k) => sum + X[r * depth + k]! * W[n * depth + k]!, 0);
  });
  expectClose(Y, expected);
});

it("gates, also where e⁻ᶻ overflows", () => {
  const [gates, ups] = [Float32Array.of(0, 2, -3, -800), Float32Array.of(5, -1, 2, 1)];
  gateRows(gates, ups);
  expectClose(gates, [0, -2 / (1 + Math.exp(-2)), -6 / (1 + Math.exp(3)), 0]);
});

it("norms of rows, set and added", () => {
  const [rows, columns] = [3, 5];
  const [X, weight, before] = [drawn(rows * columns), drawn(columns), drawn(rows * columns)];
  const normed = range(rows * columns).map((at) => {
    const row = X.subarray(at - (at % columns), at - (at % columns) + columns);
    const square = row.reduce((sum, x) => sum + x * x, 0) / columns;
    return (X[at]! * weight[at % columns]!) / Math.sqrt(square + 0.1);
  });
  const [set, added] = [before.slice(), before.slice()];
  normalizeRows(X, weight, 0.1, set, false);
  normalizeRows(X, weight, 0.1, added, true);
  expectClose(set, normed);
  expectClose(
    added,
    normed.map((value, at) => value + before[at]!),
  );
});

const sizes = { heads: 6, keyValueHeads: 3, headSize: 4, capacity: 5 };
const { heads, keyValueHeads, headSize, capacity } = sizes;
const [queryWidth, keyWidth] = [heads * headSize, keyValueHeads * headSize];
const width = queryWidth + 2 * keyWidth;

it("queries and keys are normalized over all heads and turned pair by pair, at the position alone", () => {
  const positions = Uint32Array.of(2, 0, 7);
  const before = drawn(3 * width);
  const [queryWeight, keyWeight] = [drawn(queryWidth), drawn(keyWidth)];
  const angle = (position: number, i: number): number => 0.7 * position + 0.3 * i;
  const table = (of: (angle: number, isFirst: boolean) => number) =>
    Float32Array.from(range(capacity * headSize), (at) =>
      of(angle(Math.floor(at / headSize), at % 2), at % headSize < 2),
    );
  const cosines = table(Math.cos);
  const sines = table((a, isFirst) => (isFirst ? -Math.sin(a) : Math.sin(a)));
  const caches = {
    keys: new Float32Array(3 * keyWidth * capacity).fill(9),
    values: new Float32Array(3 * keyWidth * capacity).fill(9),
  };
  const QKV = before.slice();
  rotateIntoCache(QKV, positions, { queryWeight, keyWeight, cosines, sines, epsilon: 0.2 }, sizes, caches);

  /** Entry i of a head as a complex number with entry i + 2: turned by multiplication. */
  const turned = (row: number, from: number, weight: Float32Array, at: number): number => {
    const whole = before.subarray(row * width + from, row * width + from + weight.length);
    const factor = 1 / Math.sqrt(whole.reduce((sum, x) => sum + x * x, 0) / weight.length + 0.2);
    const i = at % 2;
    const real = at - (at % headSize) + i;
    const [x, y] = [real, real + 2].map((k) => whole[k]! * weight[k]! * factor) as [number, number];
    const a = angle(positions[row]!, i);
    return at % headSize < 2 ? x * Math.cos(a) - y * Math.sin(a) : y * Math.cos(a) + x * Math.sin(a);
  };
  for (const row of [0, 1]) {
    const queries = QKV.subarray(row * width, row * width + queryWidth);
    expectClose(
      queries,
      range(queryWidth).map((at) => turned(row, 0, queryWeight, at)),
    );
  }
  const cached = (of: (row: number, at: number) => number): number[] =>
    range(3 * keyWidth * capacity).map((place) => {
      const position = Math.floor(place / headSize) % capacity;
      const headOfRow = Math.floor(place / (headSize * capacity));
      const [row, head] = [Math.floor(headOfRow / keyValueHeads), headOfRow % keyValueHeads];
      if (position !== positions[row]) return 9;
      return of(row, head * headSize + (place % headSize));
    });
  expectClose(
    caches.keys,
    cached((row, at) => turned(row, queryWidth, keyWeight, at)),
  );
  expectClose(
    caches.values,
    cached((row, at) => before[row * width + queryWidth + keyWidth + at]!),
  );
});

it("attention sees the positions up to its own, each group of heads its keys", () => {
  const positions = Uint32Array.of(3, 0);
  const Q = drawn(2 * width);
  const caches = { keys: drawn(2 * keyWidth * capacity), values: drawn(2 * keyWidth * capacity) };
  const mixed = new Float32Array(2 * queryWidth).fill(4);
  cachedAttention({ data: Q, first: 0, stride: width }, positions, sizes, caches, mixed);
  const expected = range(2 * queryWidth).map((at) => {
    const [row, head, i] = [
      Math.floor(at / queryWidth),
      Math.floor(at / headSize) % heads,
      at % headSize,
    ] as const;
    const place = (key: number, k: number): number =>
      ((row * keyValueHeads + Math.floor(head / 2)) * capacity + key) * headSize + k;
    const shares = range(positions[row]! + 1).map((key) => {
      const products = range(headSize).map(
        (k) => Q[row * width + head * headSize + k]! * caches.keys[place(key, k)]!,
      );
      return Math.exp(products.reduce((sum, product) => sum + product, 0) / 2);
    });
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.reduce((sum, share, key) => sum + (share / total) * caches.values[place(key, i)]!, 0);
  });
  expectClose(mixed, expected);
});
