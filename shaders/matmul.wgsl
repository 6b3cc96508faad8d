// C = alpha·op(A)·op(B) + beta·C, with op(A) [m, k], op(B) [k, n], C [m, n].
//
// Layout: C is dense and row-major. Element (i, j) of op(A) lies at aOffset + i·aRow + j·aColumn, of op(B) at
// bOffset + i·bRow + j·bColumn, so that transposition and strided rows are a matter of strides. No size or stride
// has to be a multiple of anything. C must not overlap A or B; it is not read when beta = 0.
// Dispatch: (⌈n/64⌉, tile rows) workgroups of 256; workgroup (x, y) computes the 64×64 tile at tile row
// firstTileRow + y, each thread 4×4 of it.
// Precision: float32; products are summed over 16 terms first, then over those partial sums.

struct Shape {
  m: u32,
  n: u32,
  k: u32,
  aOffset: u32,
  aRow: u32,
  aColumn: u32,
  bOffset: u32,
  bRow: u32,
  bColumn: u32,
  firstTileRow: u32,
  alpha: f32,
  beta: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> A: array<f32>;
@group(0) @binding(2) var<storage, read> B: array<f32>;
@group(0) @binding(3) var<storage, read_write> C: array<f32>;

const DEPTH = 16u; // terms per tile along k
const PITCH = 17u; // vec4 per k in a tile: 16 and one against bank conflicts

var<workgroup> aTile: array<vec4f, DEPTH * PITCH>; // [k][row / 4]
var<workgroup> bTile: array<vec4f, DEPTH * PITCH>; // [k][column / 4]

fn a_at(row: u32, depth: u32) -> f32 {
  if (row >= shape.m || depth >= shape.k) { return 0.0; }
  return A[shape.aOffset + row * shape.aRow + depth * shape.aColumn];
}

fn b_at(depth: u32, column: u32) -> f32 {
  if (depth >= shape.k || column >= shape.n) { return 0.0; }
  return B[shape.bOffset + depth * shape.bRow + column * shape.bColumn];
}

fn store(row: u32, column: u32, value: f32) {
  if (row >= shape.m || column >= shape.n) { return; }
  let at = row * shape.n + column;
  if (shape.beta == 0.0) {
    C[at] = shape.alpha * value;
  } else {
    C[at] = shape.alpha * value + shape.beta * C[at];
  }
}

@compute @workgroup_size(256)
fn multiply(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let firstRow = (shape.firstTileRow + group.y) * 64u;
  let firstColumn = group.x * 64u;
  let low = thread % 16u;
  let high = thread / 16u;
  // Neighbouring threads read neighbouring addresses, whichever of the two strides is 1.
  let aAlong = shape.aColumn == 1u;
  let aDepth = select(high, low, aAlong);
  let aGroup = select(low, high, aAlong);
  let bAlong = shape.bRow == 1u;
  let bDepth = select(high, low, bAlong);
  let bGroup = select(low, high, bAlong);
  let aFirst = firstRow + aGroup * 4u;
  let bFirst = firstColumn + bGroup * 4u;

  var sum0 = vec4f(0.0);
  var sum1 = vec4f(0.0);
  var sum2 = vec4f(0.0);
  var sum3 = vec4f(0.0);
  for (var first = 0u; first < shape.k; first += DEPTH) {
    let ka = first + aDepth;
    let kb = first + bDepth;
    aTile[aDepth * PITCH + aGroup] = vec4f(a_at(aFirst, ka), a_at(aFirst + 1u, ka), a_at(aFirst + 2u, ka), a_at(aFirst + 3u, ka));
    bTile[bDepth * PITCH + bGroup] = vec4f(b_at(kb, bFirst), b_at(kb, bFirst + 1u), b_at(kb, bFirst + 2u), b_at(kb, bFirst + 3u));
    workgroupBarrier();
    var part0 = vec4f(0.0);
    var part1 = vec4f(0.0);
    var part2 = vec4f(0.0);
    var part3 = vec4f(0.0);
    for (var depth = 0u; depth < DEPTH; depth++) {
      let a = aTile[depth * PITCH + high];
      let b = bTile[depth * PITCH + low];
      part0 += a.x * b;
      part1 += a.y * b;
      part2 += a.z * b;
      part3 += a.w * b;
    }
    sum0 += part0;
    sum1 += part1;
    sum2 += part2;
    sum3 += part3;
    workgroupBarrier();
  }

  let row = firstRow + high * 4u;
  let column = firstColumn + low * 4u;
  for (var lane = 0u; lane < 4u; lane++) {
    store(row, column + lane, sum0[lane]);
    store(row + 1u, column + lane, sum1[lane]);
    store(row + 2u, column + lane, sum2[lane]);
    store(row + 3u, column + lane, sum3[lane]);
  }
}
