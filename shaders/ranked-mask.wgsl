// kept[j, i] = C[j, i] where the element's score ranks within a cut, else 0: keeps any set of coefficients that is
// given by scores, a threshold and a place among the scores equal to it.
//
// Layout: C, scores and kept [rows, columns], row-major. Scores are float32 of at least 0, read as their bits, which
// are ordered like the values: no device flushes or rounds them. Places count columns first: i·rows + j.
// Dispatch: (⌈columns/256⌉, rows) workgroups of 256, one entry per thread.
// Precision: a copy.

struct Shape {
  rows: u32,
  columns: u32,
  threshold: u32,
  last: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> C: array<f32>;
@group(0) @binding(2) var<storage, read> scores: array<u32>;
@group(0) @binding(3) var<storage, read_write> kept: array<f32>;

@compute @workgroup_size(256)
fn mask(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = group.x * 256u + thread;
  let j = group.y;
  if (i >= shape.columns || j >= shape.rows) { return; }
  let at = j * shape.columns + i;
  let score = scores[at];
  let tied = score == shape.threshold && i * shape.rows + j <= shape.last;
  kept[at] = select(0.0, C[at], score > shape.threshold || tied);
}
