// The rows that are made orthogonal to decompose W: row r holds scale·(row r of op(W)), then row r of the identity.
// Rotating rows then turns the second part into the rotation itself: one basis of singular vectors, always complete.
//
// Layout: element (r, c) of op(W) [count, columns] at r·wRow + c·wColumn. G [padded, rowLength], row-major: columns
// 0 .. columns - 1 are op(W), identityStart .. identityStart + count - 1 the identity, all else 0.
// Dispatch: (rowLength/16, padded/16) workgroups of 16×16, one thread per entry of G. Precision: exact, scale being a
// power of two.

struct Shape {
  count: u32,
  columns: u32,
  padded: u32,
  rowLength: u32,
  identityStart: u32,
  wRow: u32,
  wColumn: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> W: array<f32>;
@group(0) @binding(2) var<storage, read_write> G: array<f32>;

@compute @workgroup_size(16, 16)
fn prepare(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= shape.rowLength || id.y >= shape.padded) { return; }
  var value = 0.0;
  if (id.y < shape.count) {
    if (id.x < shape.columns) {
      value = shape.scale * W[id.y * shape.wRow + id.x * shape.wColumn];
    } else if (id.x == shape.identityStart + id.y) {
      value = 1.0;
    }
  }
  G[id.y * shape.rowLength + id.x] = value;
}
