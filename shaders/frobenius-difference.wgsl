// Partial sums of ‖A - B‖² and ‖A‖²: sums[first + g] = (Σ (a - b)², Σ a²) over the part of workgroup g.
//
// Layout: A and B of `count` elements. Dispatch: any number of workgroups of 256, which stride through the elements
// together; the host adds the partial sums. Precision: float32 within a workgroup (strided sums, then a tree).

struct Shape {
  count: u32,
  workgroups: u32,
  first: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> A: array<f32>;
@group(0) @binding(2) var<storage, read> B: array<f32>;
@group(0) @binding(3) var<storage, read_write> sums: array<vec2f>;

var<workgroup> lanes: array<vec2f, 256>;

@compute @workgroup_size(256)
fn reduce(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  var sum = vec2f(0.0);
  for (var i = group.x * 256u + thread; i < shape.count; i += shape.workgroups * 256u) {
    let terms = vec2f(A[i] - B[i], A[i]);
    sum += terms * terms;
  }
  lanes[thread] = sum;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half /= 2u) {
    if (thread < half) { lanes[thread] += lanes[thread + half]; }
    workgroupBarrier();
  }
  if (thread == 0u) { sums[shape.first + group.x] = lanes[0]; }
}
