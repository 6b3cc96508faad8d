// masked[k] = W[k] where the score's magnitude is not below the cutoff, else 0. Equal magnitudes are kept from an index on.
//
// Layout: W, masked [count]; scores [count] as bits of float32; cutoff [2] as `score-cutoff` gives it.
// Dispatch: ⌈count/4096⌉ workgroups of 256, 16 entries per thread.
// Precision: a copy.

struct Shape {
  count: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> W: array<f32>;
@group(0) @binding(2) var<storage, read> scores: array<u32>;
@group(0) @binding(3) var<storage, read> cutoff: array<u32>;
@group(0) @binding(4) var<storage, read_write> masked: array<f32>;

@compute @workgroup_size(256)
fn mask(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let least = cutoff[0];
  let first = cutoff[1];
  for (var item = 0u; item < 16u; item++) {
    let k = group.x * 4096u + item * 256u + thread;
    if (k >= shape.count) { break; }
    let magnitude = scores[k] & 0x7fffffffu;
    masked[k] = select(0.0, W[k], magnitude > least || (magnitude == least && k >= first));
  }
}
