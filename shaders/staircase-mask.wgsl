// kept[j, i] = C[j, i] where j < boundary[i], else 0: keeps the coefficients of the pairs under a staircase.
//
// Layout: C and kept [outputs, inputs], row-major: j counts output directions (μ), i input directions (λ);
// boundary [inputs] holds J(i). Dispatch: (⌈inputs/256⌉, outputs) workgroups of 256, one entry per thread.
// Precision: a copy.

struct Shape {
  outputs: u32,
  inputs: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> C: array<f32>;
@group(0) @binding(2) var<storage, read> boundary: array<u32>;
@group(0) @binding(3) var<storage, read_write> kept: array<f32>;

@compute @workgroup_size(256)
fn mask(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = group.x * 256u + thread;
  let j = group.y;
  if (i >= shape.inputs || j >= shape.outputs) { return; }
  let at = j * shape.inputs + i;
  kept[at] = select(0.0, C[at], j < boundary[i]);
}
