// G = scale·P A Pᵀ + shift·I for one matrix of a batch, padded with ones on the diagonal.
//
// P sorts the diagonal: row r of P A Pᵀ is row order[r] of A. scale is a power of two, so that multiplying is exact.
// Layout: A [size, size]; G [batch, padded, padded], slice `slot` is written. Padding rows are rows of the identity:
// they are orthogonal to all others and never rotate.
// Dispatch: (padded/16, padded/16) workgroups of 16×16, one thread per entry of G. Precision: one rounding, by shift.

struct Shape {
  size: u32,
  padded: u32,
  slot: u32,
  scale: f32,
  shift: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> A: array<f32>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read_write> G: array<f32>;

@compute @workgroup_size(16, 16)
fn prepare(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= shape.padded || id.y >= shape.padded) { return; }
  var value = 0.0;
  if (id.x < shape.size && id.y < shape.size) {
    value = shape.scale * A[order[id.y] * shape.size + order[id.x]];
    if (id.x == id.y) { value += shape.shift; }
  } else if (id.x == id.y) {
    value = 1.0;
  }
  G[(shape.slot * shape.padded + id.y) * shape.padded + id.x] = value;
}
