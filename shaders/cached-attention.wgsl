// mixed[r, h] = softmax(q·Kᵀ/√headSize)·V over the cached positions 0 … positions[r], q being head h of row r: what one
// new token per row sees. Heads lie in groups of heads/keyValueHeads that share keys and values.
//
// Layout: row r of Q begins at r·stride, with heads one after the other; caches K and V [rows, keyValueHeads, capacity,
// headSize]; positions u32 [rows]; scores [rows, heads, capacity] is scratch; mixed [rows, heads·headSize].
// Dispatch: (heads, rows) workgroups of 64. Positions beyond the capacity count as the last one.
// Precision: float32; the exponentials are of differences to the largest score and summed by strides, then by a tree.

struct Shape {
  heads: u32,
  keyValueHeads: u32,
  headSize: u32,
  capacity: u32,
  stride: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> Q: array<f32>;
@group(0) @binding(2) var<storage, read> K: array<f32>;
@group(0) @binding(3) var<storage, read> V: array<f32>;
@group(0) @binding(4) var<storage, read> positions: array<u32>;
@group(0) @binding(5) var<storage, read_write> scores: array<f32>;
@group(0) @binding(6) var<storage, read_write> mixed: array<f32>;

const THREADS = 64u;

var<workgroup> parts: array<f32, THREADS>;

@compute @workgroup_size(64)
fn attend(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let head = group.x;
  let row = group.y;
  let size = shape.headSize;
  let count = min(positions[row] + 1u, shape.capacity);
  let query = row * shape.stride + head * size;
  let sharedHead = head / (shape.heads / shape.keyValueHeads);
  let cache = (row * shape.keyValueHeads + sharedHead) * shape.capacity * size;
  let first = (row * shape.heads + head) * shape.capacity;
  let scale = inverseSqrt(f32(size));

  var largest = -3.4e38;
  for (var key = thread; key < count; key += THREADS) {
    let at = cache + key * size;
    var sum = 0.0;
    for (var i = 0u; i < size; i++) { sum += Q[query + i] * K[at + i]; }
    let score = sum * scale;
    scores[first + key] = score;
    largest = max(largest, score);
  }
  parts[thread] = largest;
  workgroupBarrier();
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    if (thread < half) { parts[thread] = max(parts[thread], parts[thread + half]); }
    workgroupBarrier();
  }
  largest = parts[0];
  workgroupBarrier();

  var total = 0.0;
  for (var key = thread; key < count; key += THREADS) {
    let share = exp(scores[first + key] - largest);
    scores[first + key] = share;
    total += share;
  }
  parts[thread] = total;
  storageBarrier();
  workgroupBarrier();
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    if (thread < half) { parts[thread] += parts[thread + half]; }
    workgroupBarrier();
  }

  let whole = 1.0 / parts[0];
  for (var i = thread; i < size; i += THREADS) {
    var sum = 0.0;
    for (var key = 0u; key < count; key++) { sum += scores[first + key] * V[cache + key * size + i]; }
    mixed[(row * shape.heads + head) * size + i] = sum * whole;
  }
}
