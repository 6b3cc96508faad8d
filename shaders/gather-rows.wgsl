// Y[i, columnOrder[c]] = X[r, c] / (normalize ? ‖X[r]‖ : 1) with r = rowOrder[i]: sorts rows, undoes a permutation of
// columns and, if asked, scales rows to length 1. A row of length 0 stays 0.
//
// Layout: element (r, c) of X at offset + r·rowStride + c; squares[squaresOffset + r] = ‖X[r]‖²; rowOrder from
// rowOrderOffset; Y [rows, columns], dense. Dispatch: (⌈columns/256⌉, rows) workgroups of 256, one entry per thread.
// Precision: one square root and one division.

struct Shape {
  columns: u32,
  offset: u32,
  rowStride: u32,
  rowOrderOffset: u32,
  squaresOffset: u32,
  normalize: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> rowOrder: array<u32>;
@group(0) @binding(3) var<storage, read> columnOrder: array<u32>;
@group(0) @binding(4) var<storage, read> squares: array<f32>;
@group(0) @binding(5) var<storage, read_write> Y: array<f32>;

@compute @workgroup_size(256)
fn gather(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let column = group.x * 256u + thread;
  if (column >= shape.columns) { return; }
  let row = rowOrder[shape.rowOrderOffset + group.y];
  var value = X[shape.offset + row * shape.rowStride + column];
  if (shape.normalize == 1u) {
    let square = squares[shape.squaresOffset + row];
    value = select(0.0, value / sqrt(max(square, 1e-37)), square > 0.0);
  }
  Y[group.y * shape.columns + columnOrder[column]] = value;
}
