// Y[r, first + n] = Σₖ X[r, k]·W[n, k] for a few rows: the product of a linear with the tokens of a decoding step.
// `matmul` computes tiles of 64 rows, whatever of them is asked for; here every weight is read once for four rows.
//
// Layout: X [rows, depth] and W [outputs, depth], dense; row r of Y begins at r·stride. No size has to be a multiple of
// anything. Y must not overlap X or W.
// Dispatch: (⌈rows/4⌉, ⌈outputs/8⌉) workgroups of 64, so that those of the same weights follow one another; 8 neighbouring
// threads share one output and together read 128 bytes of a row of W. ROWS is 1 where there is a single row, which saves
// the products of the other three.
// Precision: float32; each thread sums every eighth group of four terms, then the eight partial sums are added in order.

override ROWS: u32 = 4u;

struct Shape {
  rows: u32,
  outputs: u32,
  depth: u32,
  first: u32,
  stride: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> W: array<f32>;
@group(0) @binding(3) var<storage, read_write> Y: array<f32>;

const LANES = 8u;
const OUTPUTS = 8u;

var<workgroup> parts: array<vec4f, LANES * OUTPUTS>;

fn x_at(at: u32) -> vec4f {
  return vec4f(X[at], X[at + 1u], X[at + 2u], X[at + 3u]);
}

@compute @workgroup_size(64)
fn multiply(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let lane = thread % LANES;
  let output = group.y * OUTPUTS + thread / LANES;
  let row = group.x * 4u;
  let depth = shape.depth;
  let last = shape.rows - 1u;
  // Rows past the end repeat the last one and are not stored.
  let x0 = row * depth;
  let x1 = min(row + 1u, last) * depth;
  let x2 = min(row + 2u, last) * depth;
  let x3 = min(row + 3u, last) * depth;
  var sums = vec4f(0.0);
  if (output < shape.outputs) {
    let w = output * depth;
    let whole = depth - depth % 4u;
    for (var k = lane * 4u; k < whole; k += LANES * 4u) {
      let weights = vec4f(W[w + k], W[w + k + 1u], W[w + k + 2u], W[w + k + 3u]);
      sums.x += dot(weights, x_at(x0 + k));
      if (ROWS > 1u) {
        sums.y += dot(weights, x_at(x1 + k));
        sums.z += dot(weights, x_at(x2 + k));
        sums.w += dot(weights, x_at(x3 + k));
      }
    }
    let k = whole + lane;
    if (k < depth) {
      sums += W[w + k] * vec4f(X[x0 + k], X[x1 + k], X[x2 + k], X[x3 + k]);
    }
  }
  parts[thread] = sums;
  workgroupBarrier();
  if (lane > 0u || output >= shape.outputs) { return; }
  for (var other = 1u; other < LANES; other++) { sums += parts[thread + other]; }
  let at = row * shape.stride + shape.first + output;
  Y[at] = sums.x;
  if (row + 1u <= last) { Y[at + shape.stride] = sums.y; }
  if (row + 2u <= last) { Y[at + 2u * shape.stride] = sums.z; }
  if (row + 3u <= last) { Y[at + 3u * shape.stride] = sums.w; }
}
