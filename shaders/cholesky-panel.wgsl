// Row panel right of the diagonal block `block`: solves UᵀX = G for X, in place, and clears the mirrored panel below.
//
// Layout: G [batch, padded, padded]; U is the 32×32 block `cholesky-diagonal` left. Dispatch: (⌈columns right of the
// block/64⌉, 1, batch) workgroups of 64, one column per thread. Precision: float32 forward substitution.

struct Shape {
  padded: u32,
  block: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> G: array<f32>;

var<workgroup> U: array<f32, 1024>; // [row][column]
var<workgroup> X: array<f32, 2048>; // [row][thread]

@compute @workgroup_size(64)
fn solve(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let start = shape.block * 32u;
  let matrix = group.z * shape.padded * shape.padded;
  for (var i = thread; i < 1024u; i += 64u) {
    U[i] = G[matrix + (start + i / 32u) * shape.padded + start + i % 32u];
  }
  workgroupBarrier();
  let column = start + 32u + group.x * 64u + thread;
  if (column >= shape.padded) { return; }
  for (var i = 0u; i < 32u; i++) {
    let at = matrix + (start + i) * shape.padded + column;
    var value = G[at];
    for (var j = 0u; j < i; j++) { value -= U[j * 32u + i] * X[j * 64u + thread]; }
    value /= U[i * 33u];
    X[i * 64u + thread] = value;
    G[at] = value;
    G[matrix + column * shape.padded + start + i] = 0.0;
  }
}
