// Queries and keys of one new token per row are normalized over all their heads, as in `rms-norm`, and turned to the
// token's position; the queries stay in QKV, keys and values are written to the caches at that position.
// Entries i and i + headSize/2 of a head turn together: a' = a·cos[i] + b·sin[i], b' = b·cos[j] + a·sin[j], j the second.
//
// Layout: QKV [rows, (heads + 2·keyValueHeads)·headSize], queries, keys, values; weights as wide as queries and keys;
// cosines and signed sines [capacity, headSize]; positions u32 [rows]; caches [rows, keyValueHeads, capacity, headSize].
// A position beyond the capacity is not written. Dispatch: one workgroup of 64 per row, rows along x.
// Precision: float32; squares are summed by strides, then by a tree.

struct Shape {
  heads: u32,
  keyValueHeads: u32,
  headSize: u32,
  capacity: u32,
  epsilon: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> queryWeight: array<f32>;
@group(0) @binding(2) var<storage, read> keyWeight: array<f32>;
@group(0) @binding(3) var<storage, read> cosines: array<f32>;
@group(0) @binding(4) var<storage, read> sines: array<f32>;
@group(0) @binding(5) var<storage, read> positions: array<u32>;
@group(0) @binding(6) var<storage, read_write> QKV: array<f32>;
@group(0) @binding(7) var<storage, read_write> keys: array<f32>;
@group(0) @binding(8) var<storage, read_write> values: array<f32>;

const THREADS = 64u;

// Sums of squares of the queries and of the keys.
var<workgroup> squares: array<vec2f, THREADS>;

// A pair of a head, turned by the angle of its place in the tables.
fn turned(a: f32, b: f32, at: u32, half: u32) -> vec2f {
  return vec2f(a * cosines[at] + b * sines[at], b * cosines[at + half] + a * sines[at + half]);
}

@compute @workgroup_size(64)
fn rotate(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let row = group.x;
  let position = positions[row];
  let size = shape.headSize;
  let half = size / 2u;
  let queryWidth = shape.heads * size;
  let keyWidth = shape.keyValueHeads * size;
  let firstQuery = row * (queryWidth + 2u * keyWidth);
  let firstKey = firstQuery + queryWidth;
  let firstValue = firstKey + keyWidth;

  var sums = vec2f(0.0);
  for (var i = thread; i < queryWidth; i += THREADS) {
    let value = QKV[firstQuery + i];
    sums.x += value * value;
  }
  for (var i = thread; i < keyWidth; i += THREADS) {
    let value = QKV[firstKey + i];
    sums.y += value * value;
  }
  squares[thread] = sums;
  workgroupBarrier();
  for (var other = THREADS / 2u; other > 0u; other /= 2u) {
    if (thread < other) { squares[thread] += squares[thread + other]; }
    workgroupBarrier();
  }
  if (position >= shape.capacity) { return; }
  let factors = inverseSqrt(squares[0] / vec2f(f32(queryWidth), f32(keyWidth)) + vec2f(shape.epsilon));
  let angle = position * size;

  for (var pair = thread; pair < shape.heads * half; pair += THREADS) {
    let i = pair % half;
    let a = (pair / half) * size + i;
    let b = a + half;
    let queries = vec2f(QKV[firstQuery + a] * queryWeight[a], QKV[firstQuery + b] * queryWeight[b]) * factors.x;
    let both = turned(queries.x, queries.y, angle + i, half);
    QKV[firstQuery + a] = both.x;
    QKV[firstQuery + b] = both.y;
  }
  for (var pair = thread; pair < shape.keyValueHeads * half; pair += THREADS) {
    let i = pair % half;
    let head = pair / half;
    let a = head * size + i;
    let b = a + half;
    let added = vec2f(QKV[firstKey + a] * keyWeight[a], QKV[firstKey + b] * keyWeight[b]) * factors.y;
    let both = turned(added.x, added.y, angle + i, half);
    let at = ((row * shape.keyValueHeads + head) * shape.capacity + position) * size + i;
    keys[at] = both.x;
    keys[at + half] = both.y;
    values[at] = QKV[firstValue + a];
    values[at + half] = QKV[firstValue + b];
  }
}
