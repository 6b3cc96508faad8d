// Y[r] = X[r]∘weight / √(mean(X[r]²) + ε), or that added to what Y[r] holds: a norm, or a norm and the residual stream.
//
// Layout: X and Y [rows, columns], dense; weight [columns].
// Dispatch: one workgroup of 64 per row, rows along x.
// Precision: float32; squares are summed by strides, then by a tree.

struct Shape {
  columns: u32,
  added: u32,
  epsilon: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> Y: array<f32>;

const THREADS = 64u;

var<workgroup> squares: array<f32, THREADS>;

@compute @workgroup_size(64)
fn normalize_rows(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let columns = shape.columns;
  let first = group.x * columns;
  var sum = 0.0;
  for (var column = thread; column < columns; column += THREADS) {
    let value = X[first + column];
    sum += value * value;
  }
  squares[thread] = sum;
  workgroupBarrier();
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    if (thread < half) { squares[thread] += squares[thread + half]; }
    workgroupBarrier();
  }
  let factor = inverseSqrt(squares[0] / f32(columns) + shape.epsilon);
  for (var column = thread; column < columns; column += THREADS) {
    let at = first + column;
    let value = X[at] * factor * weight[column];
    Y[at] = select(value, Y[at] + value, shape.added == 1u);
  }
}
