/**
 * The kernels of a decoding step on the CPU: a few rows of activations, one per text, in float32 with sums in float64.
 * Matrices are row-major; a linear's weights are [outputs, inputs].
 */

/** Rows of which the i-th begins at `first + i·stride`. */
export interface RowsAt {
  readonly data: Float32Array;
  readonly first: number;
  readonly stride: number;
}

/** Y[r, n] = Σₖ X[r, k]·W[n, k] for X [rows, depth] and W [outputs, depth]. */
export function rowProducts(X: Float32Array, W: Float32Array, rows: number, depth: number, Y: RowsAt): void {
  const outputs = W.length / depth;
  // Four outputs at once: four sums that do not wait for one another, and one read of x for all.
  const whole = outputs - (outputs % 4);
  for (let n = 0; n < outputs; n += n < whole ? 4 : 1) {
    const w = n * depth;
    for (let r = 0; r < rows; r++) {
      const x = r * depth;
      const y = Y.first + r * Y.stride + n;
      if (n < whole) fourProducts(X, x, W, w, depth, Y.data, y);
      else {
        let sum = 0;
        for (let k = 0; k < depth; k++) sum += (X[x + k] ?? 0) * (W[w + k] ?? 0);
        Y.data[y] = sum;
      }
    }
  }
}

function fourProducts(
  X: Float32Array,
  x: number,
  W: Float32Array,
  w: number,
  depth: number,
  Y: Float32Array,
  y: number,
): void {
  const [second, third, fourth] = [w + depth, w + 2 * depth, w + 3 * depth];
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let k = 0; k < depth; k++) {
    const value = X[x + k] ?? 0;
    a += value * (W[w + k] ?? 0);
    b += value * (W[second + k] ?? 0);
    c += value * (W[third + k] ?? 0);
    d += value * (W[fourth + k] ?? 0);
  }
  Y[y] = a;
  Y[y + 1] = b;
  Y[y + 2] = c;
  Y[y + 3] = d;
}

/** gates ← silu(gates)·ups, silu(z) = z/(1 + e⁻ᶻ). */
export function gateRows(gates: Float32Array, ups: Float32Array): void {
  for (let i = 0; i < gates.length; i++) {
    const gate = gates[i] ?? 0;
    gates[i] = (gate / (1 + Math.exp(-gate))) * (ups[i] ?? 0);
  }
}

/** 1/√(mean(xᵢ²) + ε) over `count` values from `first` on. */
function inverseRootMeanSquare(X: Float32Array, first: number, count: number, epsilon: number): number {
  let sum = 0;
  for (let i = first; i < first + count; i++) sum += (X[i] ?? 0) ** 2;
  return 1 / Math.sqrt(sum / count + epsilon);
}

/** Y[r] = X[r]∘weight/√(mean(X[r]²) + ε), or that added to Y[r]; rows as wide as the weight. */
export function normalizeRows(
  X: Float32Array,
  weight: Float32Array,
  epsilon: number,
  Y: Float32Array,
  added: boolean,
): void {
  const columns = weight.length;
  for (let first = 0; first < X.length; first += columns) {
    const factor = inverseRootMeanSquare(X, first, columns, epsilon);
    for (let column = 0; column < columns; column++) {
      const at = first + column;
      const value = (X[at] ?? 0) * factor * (weight[column] ?? 0);
      Y[at] = added ? (Y[at] ?? 0) + value : value;
    }
  }
}

/** Sizes of an attention whose heads share keys and values in groups, and of its caches. */
export interface CachedHeads {
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  /** Positions of a cache [rows, keyValueHeads, capacity, headSize]. */
  readonly capacity: number;
}

export interface Caches {
  readonly keys: Float32Array;
  readonly values: Float32Array;
}

export interface Rotation {
  readonly queryWeight: Float32Array;
  readonly keyWeight: Float32Array;
  /** Both [capacity, headSize]; sines are negative in the first half. */
  readonly cosines: Float32Array;
  readonly sines: Float32Array;
  readonly epsilon: number;
}

/**
 * Normalizes queries and keys of one token per row over all their heads and turns them to its position: queries stay in
 * QKV [rows, queries | keys | values], keys and values go to the caches. Positions beyond the capacity are left out.
 */
export function rotateIntoCache(
  QKV: Float32Array,
  positions: Uint32Array,
  { queryWeight, keyWeight, cosines, sines, epsilon }: Rotation,
  { keyValueHeads, headSize, capacity }: CachedHeads,
  caches: Caches,
): void {
  const [queryWidth, keyWidth] = [queryWeight.length, keyWeight.length];
  const half = headSize / 2;
  for (const [row, position] of positions.entries()) {
    if (position >= capacity) continue;
    const query = row * (queryWidth + 2 * keyWidth);
    const turn = (first: number, weight: Float32Array): void => {
      const factor = inverseRootMeanSquare(QKV, first, weight.length, epsilon);
      for (let head = 0; head < weight.length; head += headSize) {
        for (let i = 0; i < half; i++) {
          const [a, b] = [head + i, head + i + half];
          const [angle, other] = [position * headSize + i, position * headSize + i + half];
          const x = (QKV[first + a] ?? 0) * factor * (weight[a] ?? 0);
          const y = (QKV[first + b] ?? 0) * factor * (weight[b] ?? 0);
          QKV[first + a] = x * (cosines[angle] ?? 0) + y * (sines[angle] ?? 0);
          QKV[first + b] = y * (cosines[other] ?? 0) + x * (sines[other] ?? 0);
        }
      }
    };
    const key = query + queryWidth;
    turn(query, queryWeight);
    turn(key, keyWeight);
    for (let head = 0; head < keyValueHeads; head++) {
      const at = ((row * keyValueHeads + head) * capacity + position) * headSize;
      const from = key + head * headSize;
      caches.keys.set(QKV.subarray(from, from + headSize), at);
      caches.values.set(QKV.subarray(from + keyWidth, from + keyWidth + headSize), at);
    }
  }
}

/** mixed[r, h] = softmax(q·Kᵀ/√headSize)·V over positions 0 … positions[r], q being head h of row r of `Q`. */
export function cachedAttention(
  Q: RowsAt,
  positions: Uint32Array,
  { heads, keyValueHeads, headSize, capacity }: CachedHeads,
  { keys, values }: Caches,
  mixed: Float32Array,
): void {
  const shares = new Float64Array(capacity);
  const scale = 1 / Math.sqrt(headSize);
  for (const [row, position] of positions.entries()) {
    const count = Math.min(position + 1, capacity);
    for (let head = 0; head < heads; head++) {
      const query = Q.first + row * Q.stride + head * headSize;
      const group = Math.floor((head * keyValueHeads) / heads);
      const cache = (row * keyValueHeads + group) * capacity * headSize;
      let largest = -Infinity;
      for (let key = 0; key < count; key++) {
        const at = cache + key * headSize;
        let sum = 0;
        for (let i = 0; i < headSize; i++) sum += (Q.data[query + i] ?? 0) * (keys[at + i] ?? 0);
        shares[key] = sum * scale;
        largest = Math.max(largest, sum * scale);
      }
      let total = 0;
      for (let key = 0; key < count; key++) {
        const share = Math.exp((shares[key] ?? 0) - largest);
        shares[key] = share;
        total += share;
      }
      const to = (row * heads + head) * headSize;
      mixed.fill(0, to, to + headSize);
      for (let key = 0; key < count; key++) {
        const at = cache + key * headSize;
        const share = (shares[key] ?? 0) / total;
        for (let i = 0; i < headSize; i++) {
          mixed[to + i] = (mixed[to + i] ?? 0) + share * (values[at + i] ?? 0);
        }
      }
    }
  }
}
