// Y[r, n] = silu(Σₖ X[r, k]·gate[n, k]) · Σₖ X[r, k]·up[n, k] with silu(z) = z/(1 + e⁻ᶻ), for a few rows: the inner half
// of a gated MLP in a decoding step.
//
// Layout: X [rows, depth], gate and up [outputs, depth], Y [rows, outputs]; all dense, no size a multiple of anything.
// Dispatch: (⌈rows/4⌉, ⌈outputs/8⌉) workgroups of 64, threads and ROWS as in `row-products`.
// Precision: float32; sums as in `row-products`.

override ROWS: u32 = 4u;

struct Shape {
  rows: u32,
  outputs: u32,
  depth: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> gate: array<f32>;
@group(0) @binding(3) var<storage, read> up: array<f32>;
@group(0) @binding(4) var<storage, read_write> Y: array<f32>;

const LANES = 8u;
const OUTPUTS = 8u;

var<workgroup> gateParts: array<vec4f, LANES * OUTPUTS>;
var<workgroup> upParts: array<vec4f, LANES * OUTPUTS>;

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
  let x0 = row * depth;
  let x1 = min(row + 1u, last) * depth;
  let x2 = min(row + 2u, last) * depth;
  let x3 = min(row + 3u, last) * depth;
  var gates = vec4f(0.0);
  var ups = vec4f(0.0);
  if (output < shape.outputs) {
    let w = output * depth;
    let whole = depth - depth % 4u;
    for (var k = lane * 4u; k < whole; k += LANES * 4u) {
      let at = w + k;
      let g = vec4f(gate[at], gate[at + 1u], gate[at + 2u], gate[at + 3u]);
      let u = vec4f(up[at], up[at + 1u], up[at + 2u], up[at + 3u]);
      let first = x_at(x0 + k);
      gates.x += dot(g, first);
      ups.x += dot(u, first);
      if (ROWS > 1u) {
        let second = x_at(x1 + k);
        let third = x_at(x2 + k);
        let fourth = x_at(x3 + k);
        gates += vec4f(0.0, dot(g, second), dot(g, third), dot(g, fourth));
        ups += vec4f(0.0, dot(u, second), dot(u, third), dot(u, fourth));
      }
    }
    let k = whole + lane;
    if (k < depth) {
      let x = vec4f(X[x0 + k], X[x1 + k], X[x2 + k], X[x3 + k]);
      gates += gate[w + k] * x;
      ups += up[w + k] * x;
    }
  }
  gateParts[thread] = gates;
  upParts[thread] = ups;
  workgroupBarrier();
  if (lane > 0u || output >= shape.outputs) { return; }
  for (var other = 1u; other < LANES; other++) {
    gates += gateParts[thread + other];
    ups += upParts[thread + other];
  }
  let gated = gates / (1.0 + exp(-gates)) * ups;
  let at = row * shape.outputs + output;
  Y[at] = gated.x;
  if (row + 1u <= last) { Y[at + shape.outputs] = gated.y; }
  if (row + 2u <= last) { Y[at + 2u * shape.outputs] = gated.z; }
  if (row + 3u <= last) { Y[at + 3u * shape.outputs] = gated.w; }
}
