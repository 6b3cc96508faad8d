// R = (I - VVᵀ)/2 for nearly orthonormal rows V; V + RV is then orthonormal to second order (Newton and Schulz).
// The diagonal of a row of zeros is 0, so that it stays a row of zeros.
//
// Layout: V [rows, columns], R [rows, rows], row-major; the tiles that touch the upper triangle are computed and
// mirrored. Dispatch: one workgroup of 256 per 64×64 tile, tiles counted as in `triangle_tile` from firstTile; a
// thread holds 4×4. Precision: float32; products are summed over 16 terms first, then over those partial sums.

struct Shape {
  rows: u32,
  columns: u32,
  firstTile: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> V: array<f32>;
@group(0) @binding(2) var<storage, read_write> R: array<f32>;

const DEPTH = 16u; // columns of V per tile
const PITCH = 17u; // vec4 per column in a tile: 16 and one against bank conflicts

var<workgroup> leftTile: array<vec4f, DEPTH * PITCH>; // [column of V][row / 4]
var<workgroup> rightTile: array<vec4f, DEPTH * PITCH>;

fn v_at(row: u32, column: u32) -> f32 {
  if (row >= shape.rows || column >= shape.columns) { return 0.0; }
  return V[row * shape.columns + column];
}

fn v_four(row: u32, column: u32) -> vec4f {
  return vec4f(v_at(row, column), v_at(row + 1u, column), v_at(row + 2u, column), v_at(row + 3u, column));
}

fn store(row: u32, column: u32, product: f32) {
  if (row > column || column >= shape.rows) { return; }
  var value = -0.5 * product;
  if (row == column) { value = select(0.0, 0.5 - 0.5 * product, product > 0.5); }
  R[row * shape.rows + column] = value;
  R[column * shape.rows + row] = value;
}

@compute @workgroup_size(256)
fn residual(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tile = triangle_tile(shape.firstTile + group.x);
  let low = thread % 16u;
  let high = thread / 16u;
  var sum0 = vec4f(0.0);
  var sum1 = vec4f(0.0);
  var sum2 = vec4f(0.0);
  var sum3 = vec4f(0.0);
  for (var first = 0u; first < shape.columns; first += DEPTH) {
    leftTile[low * PITCH + high] = v_four(tile.x * 64u + high * 4u, first + low);
    rightTile[low * PITCH + high] = v_four(tile.y * 64u + high * 4u, first + low);
    workgroupBarrier();
    var part0 = vec4f(0.0);
    var part1 = vec4f(0.0);
    var part2 = vec4f(0.0);
    var part3 = vec4f(0.0);
    for (var depth = 0u; depth < DEPTH; depth++) {
      let a = leftTile[depth * PITCH + high];
      let b = rightTile[depth * PITCH + low];
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

  let row = tile.x * 64u + high * 4u;
  let column = tile.y * 64u + low * 4u;
  for (var lane = 0u; lane < 4u; lane++) {
    store(row, column + lane, sum0[lane]);
    store(row + 1u, column + lane, sum1[lane]);
    store(row + 2u, column + lane, sum2[lane]);
    store(row + 3u, column + lane, sum3[lane]);
  }
}
