// x[k] = x[k]² in place.
//
// Layout: x [rows, columns], dense. Dispatch: (⌈columns/256⌉, rows) workgroups of 256, one entry per thread.
// Precision: float32, one rounding.

struct Shape {
  rows: u32,
  columns: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> x: array<f32>;

@compute @workgroup_size(256)
fn square(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let column = group.x * 256u + thread;
  if (column >= shape.columns || group.y >= shape.rows) { return; }
  let at = group.y * shape.columns + column;
  let value = x[at];
  x[at] = value * value;
}
