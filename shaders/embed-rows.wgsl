// Y[r] = embeddings[tokens[r]]: the embedding of each row's token.
//
// Layout: tokens u32 [rows]; embeddings [vocabulary, columns]; Y [rows, columns]; all dense.
// Dispatch: (⌈columns/64⌉, rows) workgroups of 64, one entry per thread. Precision: a copy.

struct Shape {
  columns: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> tokens: array<u32>;
@group(0) @binding(2) var<storage, read> embeddings: array<f32>;
@group(0) @binding(3) var<storage, read_write> Y: array<f32>;

@compute @workgroup_size(64)
fn embed(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let column = group.x * 64u + thread;
  if (column >= shape.columns) { return; }
  Y[group.y * shape.columns + column] = embeddings[tokens[group.y] * shape.columns + column];
}
