// Trailing matrix behind the diagonal block `block`: G -= XᵀX with X the row panel, in the upper 32×32 tiles.
//
// Layout: G [batch, padded, padded]. Dispatch: (tile columns, tile rows, matrices) workgroups of 16×16; group (x, y, z)
// is tile (firstTileRow + y, x) behind the block, of matrix firstMatrix + z; tiles below the diagonal return at once.
// A thread holds 2×2. Precision: float32, 32 products per entry.

struct Shape {
  padded: u32,
  block: u32,
  firstTileRow: u32,
  firstMatrix: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> G: array<f32>;

var<workgroup> left: array<f32, 1024>; // [row of X][row of the tile]
var<workgroup> right: array<f32, 1024>; // [row of X][column of the tile]

@compute @workgroup_size(16, 16)
fn update(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tileRow = shape.firstTileRow + group.y;
  if (tileRow > group.x) { return; }
  let start = shape.block * 32u;
  let matrix = (shape.firstMatrix + group.z) * shape.padded * shape.padded;
  let row = start + 32u + tileRow * 32u;
  let column = start + 32u + group.x * 32u;
  for (var i = thread; i < 1024u; i += 256u) {
    let panel = matrix + (start + i / 32u) * shape.padded + i % 32u;
    left[i] = G[panel + row];
    right[i] = G[panel + column];
  }
  workgroupBarrier();
  var sum = vec4f(0.0);
  for (var k = 0u; k < 32u; k++) {
    let a = vec2f(left[k * 32u + local.y], left[k * 32u + local.y + 16u]);
    let b = vec2f(right[k * 32u + local.x], right[k * 32u + local.x + 16u]);
    sum += vec4f(a.x * b, a.y * b);
  }
  let at = matrix + (row + local.y) * shape.padded + column + local.x;
  let below = at + 16u * shape.padded;
  G[at] -= sum.x;
  G[at + 16u] -= sum.y;
  G[below] -= sum.z;
  G[below + 16u] -= sum.w;
}
