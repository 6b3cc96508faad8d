// One step of gradient descent with momentum on scores of single weights, whose mask passes gradients straight through:
// v <- momentum·v + decay·s + G·W·sign(s), s <- s - rate·v. With rate 0 the velocity alone is added to.
//
// Layout: G = ∂L/∂Ŵ, W, scores s and velocity v, all of `count` entries in the same order.
// Dispatch: ⌈count/4096⌉ workgroups of 256, 16 entries per thread.
// Precision: float32, a few operations per entry; sign(0) is 0.

struct Shape {
  count: u32,
  momentum: f32,
  decay: f32,
  rate: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> G: array<f32>;
@group(0) @binding(2) var<storage, read> W: array<f32>;
@group(0) @binding(3) var<storage, read_write> scores: array<f32>;
@group(0) @binding(4) var<storage, read_write> velocity: array<f32>;

@compute @workgroup_size(256)
fn step_scores(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  for (var item = 0u; item < 16u; item++) {
    let k = group.x * 4096u + item * 256u + thread;
    if (k >= shape.count) { break; }
    let s = scores[k];
    let v = shape.momentum * velocity[k] + shape.decay * s + G[k] * W[k] * sign(s);
    velocity[k] = v;
    scores[k] = s - shape.rate * v;
  }
}
