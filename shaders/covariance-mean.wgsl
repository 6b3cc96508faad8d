// mean[i, j] = mean[j, i] = sum[i, j] / count for i <= j: mirrors what `covariance` summed and divides by the rows seen.
//
// Layout: both [columns, columns], row-major. Dispatch: (⌈columns/16⌉, ⌈columns/16⌉) workgroups of 16×16, one thread
// per entry. Precision: one float32 division, so the result is exactly symmetric.

struct Shape {
  columns: u32,
  count: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> sum: array<f32>;
@group(0) @binding(2) var<storage, read_write> mean: array<f32>;

@compute @workgroup_size(16, 16)
fn finish(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= shape.columns || id.y >= shape.columns) { return; }
  let upper = min(id.x, id.y) * shape.columns + max(id.x, id.y);
  mean[id.y * shape.columns + id.x] = sum[upper] / shape.count;
}
