// values[r] = vᵣ·(A vᵣ) / vᵣ·vᵣ for the large eigenvalues, the squared length of the rotated row less the shift for
// the small ones. The quotient errs by a rounding of the largest eigenvalue, the length by a share of its own.
//
// Layout: V and AV [rows, columns], dense; row r of V was made from the rotated row rowOrder[r], of squared length
// squares[rowOrder[r]], longest first. Dispatch: one workgroup of 256 per row, rows counted over (x, y) with
// `rowsAcross` per y. Precision: float32; strided sums per thread, then a tree.

struct Shape {
  rows: u32,
  columns: u32,
  rowsAcross: u32,
  shift: f32,
  large: f32, // share of the largest eigenvalue from which the quotient is taken
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> V: array<f32>;
@group(0) @binding(2) var<storage, read> AV: array<f32>;
@group(0) @binding(3) var<storage, read> squares: array<f32>;
@group(0) @binding(4) var<storage, read> rowOrder: array<u32>;
@group(0) @binding(5) var<storage, read_write> values: array<f32>;

var<workgroup> sums: array<vec2f, 256>; // v·(A v), v·v

@compute @workgroup_size(256)
fn quotient(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let row = group.y * shape.rowsAcross + group.x;
  if (row >= shape.rows) { return; }
  var sum = vec2f(0.0);
  for (var column = thread; column < shape.columns; column += 256u) {
    let v = V[row * shape.columns + column];
    sum += v * vec2f(AV[row * shape.columns + column], v);
  }
  sums[thread] = sum;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half /= 2u) {
    if (thread < half) { sums[thread] += sums[thread + half]; }
    workgroupBarrier();
  }
  if (thread == 0u) {
    let length = squares[rowOrder[row]] - shape.shift;
    let isLarge = length > shape.large * (squares[rowOrder[0]] - shape.shift);
    values[row] = select(length, sums[0].x / sums[0].y, isLarge);
  }
}
