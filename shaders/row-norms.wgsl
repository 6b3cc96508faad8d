// squares[resultOffset + r] = Σ_c X[r, c]².
//
// Layout: element (r, c) of X at offset + r·rowStride + c. Dispatch: one workgroup of 256 per row, rows counted over
// (x, y) with `rowsAcross` per y. Precision: float32; strided sums per thread, then a tree.

struct Shape {
  rows: u32,
  columns: u32,
  offset: u32,
  rowStride: u32,
  resultOffset: u32,
  rowsAcross: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read_write> squares: array<f32>;

var<workgroup> sums: array<f32, 256>;

@compute @workgroup_size(256)
fn norms(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let row = group.y * shape.rowsAcross + group.x;
  if (row >= shape.rows) { return; }
  let origin = shape.offset + row * shape.rowStride;
  var sum = 0.0;
  for (var column = thread; column < shape.columns; column += 256u) {
    let x = X[origin + column];
    sum += x * x;
  }
  sums[thread] = sum;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half /= 2u) {
    if (thread < half) { sums[thread] += sums[thread + half]; }
    workgroupBarrier();
  }
  if (thread == 0u) { squares[shape.resultOffset + row] = sums[0]; }
}
