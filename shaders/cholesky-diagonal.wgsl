// Factors the 32×32 diagonal block `block` of every matrix: T = UᵀU, U upper triangular, in place, zeros below.
//
// Layout: G [batch, padded, padded]. Dispatch: (1, 1, batch) workgroups of 32×8.
// A pivot that is not positive sets failed[matrix] = 1; the factor is then meaningless but finite.
// Precision: float32, one square root and divisions.

struct Shape {
  padded: u32,
  block: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> G: array<f32>;
@group(0) @binding(2) var<storage, read_write> failed: array<u32>;

const PITCH = 33u;

var<workgroup> T: array<f32, 32 * PITCH>;

@compute @workgroup_size(32, 8)
fn factor(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let start = shape.block * 32u;
  let origin = (group.z * shape.padded + start) * shape.padded + start;
  for (var row = local.y; row < 32u; row += 8u) {
    T[row * PITCH + local.x] = G[origin + row * shape.padded + local.x];
  }
  workgroupBarrier();
  for (var j = 0u; j < 32u; j++) {
    var pivot = T[j * PITCH + j];
    workgroupBarrier();
    if (local.y == 0u && local.x >= j) {
      if (!(pivot > 0.0)) {
        pivot = 1.0;
        failed[group.z] = 1u;
      }
      T[j * PITCH + local.x] = T[j * PITCH + local.x] / sqrt(pivot);
    }
    workgroupBarrier();
    for (var row = j + 1u + local.y; row < 32u; row += 8u) {
      if (local.x >= row) { T[row * PITCH + local.x] -= T[j * PITCH + row] * T[j * PITCH + local.x]; }
    }
    workgroupBarrier();
  }
  for (var row = local.y; row < 32u; row += 8u) {
    G[origin + row * shape.padded + local.x] = select(0.0, T[row * PITCH + local.x], local.x >= row);
  }
}
