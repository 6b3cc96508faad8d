// What has to be known of a matrix before it is factored: whether it is finite, how large, how far from diagonal.
//
// Eight words of result, from 8·slot: max |A|, max |A[i, j]| for i ≠ j, max A[i, i] (0 if none is positive),
// max -A[i, i] (0 if none is negative), as bits of non-negative float32, which order like integers; then 1 if an entry
// is NaN or infinite. `result` must start as zeros.
// Layout: A [rows, columns], row-major; the diagonal is that of its square part.
// Dispatch: ⌈rows·columns/4096⌉ workgroups of 256, 16 entries per thread.
// Precision: comparisons only, hence exact. NaN is found by its bits: shaders may assume it away in comparisons.

struct Shape {
  rows: u32,
  columns: u32,
  slot: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> A: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<atomic<u32>>;

const EXPONENT = 0x7f800000u;

var<workgroup> maxima: array<vec4f, 256>;
var<workgroup> broken: atomic<u32>;

@compute @workgroup_size(256)
fn scan(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  var most = vec4f(0.0);
  for (var item = 0u; item < 16u; item++) {
    let index = group.x * 4096u + item * 256u + thread;
    if (index >= shape.rows * shape.columns) { break; }
    let value = A[index];
    if ((bitcast<u32>(value) & EXPONENT) == EXPONENT) {
      atomicStore(&broken, 1u);
    } else if (index / shape.columns == index % shape.columns) {
      most = max(most, vec4f(abs(value), 0.0, value, -value));
    } else {
      most = max(most, vec4f(abs(value), abs(value), 0.0, 0.0));
    }
  }
  maxima[thread] = most;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half /= 2u) {
    if (thread < half) { maxima[thread] = max(maxima[thread], maxima[thread + half]); }
    workgroupBarrier();
  }
  if (thread < 4u) { atomicMax(&result[shape.slot * 8u + thread], bitcast<u32>(maxima[0][thread])); }
  if (thread == 4u) { atomicMax(&result[shape.slot * 8u + 4u], atomicLoad(&broken)); }
}
