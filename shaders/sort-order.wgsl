// Reorders a permutation by descending keys: sorted[rank(p)] = order[p], rank(p) = keys before position p.
// Ties go by position, so that the result is a permutation whatever the keys are.
//
// Layout: the key of position p lies at first + matrix·matrixStride + (p / period)·periodStride + (p % period)·stride:
// a plain vector, the diagonal of a matrix, or the diagonals of Gram blocks. order and sorted [matrices, count].
// The order of a matrix whose status says done is copied.
// Dispatch: (⌈count/256⌉, 1, matrices) workgroups of 256, one position per thread; count² comparisons.
// Precision: exact.

struct Shape {
  count: u32,
  first: u32,
  matrixStride: u32,
  period: u32,
  periodStride: u32,
  stride: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> keys: array<f32>;
@group(0) @binding(2) var<storage, read> status: array<u32>;
@group(0) @binding(3) var<storage, read> order: array<u32>;
@group(0) @binding(4) var<storage, read_write> sorted: array<u32>;

var<workgroup> tile: array<f32, 256>;

fn key_at(matrix: u32, position: u32) -> f32 {
  let within = (position / shape.period) * shape.periodStride + (position % shape.period) * shape.stride;
  return keys[shape.first + matrix * shape.matrixStride + within];
}

@compute @workgroup_size(256)
fn sort(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let matrix = group.z;
  let position = group.x * 256u + thread;
  let done = status[matrix * 8u] != 0u;
  var own = 0.0;
  if (position < shape.count) { own = key_at(matrix, position); }
  var rank = 0u;
  for (var first = 0u; first < shape.count; first += 256u) {
    if (first + thread < shape.count) { tile[thread] = key_at(matrix, first + thread); }
    workgroupBarrier();
    for (var i = 0u; i < min(256u, shape.count - first); i++) {
      let other = tile[i];
      if (other > own || (other == own && first + i < position)) { rank++; }
    }
    workgroupBarrier();
  }
  if (position >= shape.count) { return; }
  let destination = select(rank, position, done);
  sorted[matrix * shape.count + destination] = order[matrix * shape.count + position];
}
