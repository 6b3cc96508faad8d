// masked[k] = W[k] where bit k is set, else 0: keeps single weights.
//
// Layout: W, masked [count]; bits [⌈count/32⌉], bit k mod 32 of word k div 32.
// Dispatch: ⌈count/4096⌉ workgroups of 256, 16 entries per thread.
// Precision: a copy.

struct Shape {
  count: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> W: array<f32>;
@group(0) @binding(2) var<storage, read> bits: array<u32>;
@group(0) @binding(3) var<storage, read_write> masked: array<f32>;

@compute @workgroup_size(256)
fn mask(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  for (var item = 0u; item < 16u; item++) {
    let k = group.x * 4096u + item * 256u + thread;
    if (k >= shape.count) { break; }
    masked[k] = select(0.0, W[k], ((bits[k / 32u] >> (k % 32u)) & 1u) == 1u);
  }
}
