// sum += XᵀX over rows firstRow .. firstRow + rows - 1 of X, in the 64×64 tiles that touch the upper triangle.
//
// Layout: X [.., columns] and sum [columns, columns] are row-major. Entries of sum below the diagonal are valid only inside diagonal tiles: `covariance-mean` mirrors the upper triangle.
// Dispatch: one workgroup of 256 per tile, tiles counted as in `triangle_tile` from firstTile; a thread holds 4×4.
// Precision: float32; summed over 16 rows first, then over the rows of the dispatch, then onto `sum`.

struct Shape {
  rows: u32,
  columns: u32,
  firstRow: u32,
  firstTile: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read_write> sum: array<f32>;

const DEPTH = 16u; // rows per tile

var<workgroup> leftTile: array<vec4f, 256>; // [row][column / 4] of the tile's rows in `sum`
var<workgroup> rightTile: array<vec4f, 256>; // [row][column / 4] of its columns

fn x_at(row: u32, column: u32) -> f32 {
  if (row >= shape.rows || column >= shape.columns) { return 0.0; }
  return X[(shape.firstRow + row) * shape.columns + column];
}

fn x_four(row: u32, column: u32) -> vec4f {
  return vec4f(x_at(row, column), x_at(row, column + 1u), x_at(row, column + 2u), x_at(row, column + 3u));
}

fn add(row: u32, column: u32, value: f32) {
  if (row >= shape.columns || column >= shape.columns) { return; }
  sum[row * shape.columns + column] += value;
}

@compute @workgroup_size(256)
fn accumulate(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tile = triangle_tile(shape.firstTile + group.x);
  let low = thread % 16u;
  let high = thread / 16u;
  var sum0 = vec4f(0.0);
  var sum1 = vec4f(0.0);
  var sum2 = vec4f(0.0);
  var sum3 = vec4f(0.0);
  for (var first = 0u; first < shape.rows; first += DEPTH) {
    leftTile[thread] = x_four(first + high, tile.x * 64u + low * 4u);
    rightTile[thread] = x_four(first + high, tile.y * 64u + low * 4u);
    workgroupBarrier();
    var part0 = vec4f(0.0);
    var part1 = vec4f(0.0);
    var part2 = vec4f(0.0);
    var part3 = vec4f(0.0);
    for (var depth = 0u; depth < DEPTH; depth++) {
      let a = leftTile[depth * 16u + high];
      let b = rightTile[depth * 16u + low];
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
    add(row, column + lane, sum0[lane]);
    add(row + 1u, column + lane, sum1[lane]);
    add(row + 2u, column + lane, sum2[lane]);
    add(row + 3u, column + lane, sum3[lane]);
  }
}
