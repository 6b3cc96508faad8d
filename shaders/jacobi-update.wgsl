// Applies the rotation of a pair of blocks to its rows, in place: X += EᵀX with X [2·BLOCK, rowLength].
//
// Layout: G [matrices, blocks·BLOCK, rowLength/4] of vec4, rows taken through `order` as in `jacobi-gram`;
// E [pair][2·BLOCK, 2·BLOCK/4] of vec4. Pairs whose activity is 0 return at once.
// Dispatch: (rowLength/64, pairs) workgroups of 8·BLOCK threads, pairs of all matrices counted through from firstUnit.
// A workgroup owns 64 columns of the pair's rows, a thread 4 rows × 4 columns of them.
// Precision: float32; the large part of X is only added to.

override BLOCK: u32 = 16u; // vectors per block: 16 or 32
override THREADS: u32 = 8u * BLOCK;
override ROW_GROUPS: u32 = BLOCK / 2u; // groups of four rows in a pair

const DEPTH = 16u; // rows of X per tile

struct Shape {
  blocks: u32,
  rowLength: u32,
  round: u32,
  firstUnit: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> E: array<vec4f>;
@group(0) @binding(2) var<storage, read> activity: array<u32>;
@group(0) @binding(3) var<storage, read> order: array<u32>;
@group(0) @binding(4) var<storage, read> status: array<u32>;
@group(0) @binding(5) var<storage, read_write> G: array<vec4f>;

var<workgroup> eTile: array<vec4f, DEPTH * ROW_GROUPS>; // [row of X][resulting row / 4]
var<workgroup> xTile: array<vec4f, DEPTH * 16u>; // [row of X][column / 4]

fn row_of(matrix: u32, pair: vec2u, row: u32) -> u32 {
  let position = select(pair.y * BLOCK + row - BLOCK, pair.x * BLOCK + row, row < BLOCK);
  let vectors = shape.blocks * BLOCK;
  return (matrix * vectors + order[matrix * vectors + position]) * (shape.rowLength / 4u);
}

@compute @workgroup_size(THREADS)
fn update(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let unit = shape.firstUnit + group.y;
  let matrix = unit / (shape.blocks / 2u);
  if (status[matrix * 8u] != 0u || activity[unit] == 0u) { return; }
  let pair = round_robin(shape.round, unit % (shape.blocks / 2u), shape.blocks);
  let low = thread % 16u;
  let high = thread / 16u;
  let firstColumn = group.x * 16u;
  var sum0 = vec4f(0.0);
  var sum1 = vec4f(0.0);
  var sum2 = vec4f(0.0);
  var sum3 = vec4f(0.0);
  for (var first = 0u; first < 2u * BLOCK; first += DEPTH) {
    for (var i = thread; i < DEPTH * 16u; i += THREADS) {
      xTile[i] = G[row_of(matrix, pair, first + i / 16u) + firstColumn + i % 16u];
    }
    for (var i = thread; i < DEPTH * ROW_GROUPS; i += THREADS) {
      eTile[i] = E[(unit * 2u * BLOCK + first) * ROW_GROUPS + i];
    }
    workgroupBarrier();
    for (var depth = 0u; depth < DEPTH; depth++) {
      let x = xTile[depth * 16u + low];
      let e = eTile[depth * ROW_GROUPS + high];
      sum0 += e.x * x;
      sum1 += e.y * x;
      sum2 += e.z * x;
      sum3 += e.w * x;
    }
    workgroupBarrier();
  }
  let row = high * 4u;
  let column = firstColumn + low;
  G[row_of(matrix, pair, row) + column] += sum0;
  G[row_of(matrix, pair, row + 1u) + column] += sum1;
  G[row_of(matrix, pair, row + 2u) + column] += sum2;
  G[row_of(matrix, pair, row + 3u) + column] += sum3;
}
