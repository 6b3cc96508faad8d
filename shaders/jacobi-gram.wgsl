// Gram blocks of rows: diagonal blocks S_PP (once per sweep), or the cross blocks S_PQ of the pairs of a round.
//
// Rows are taken in blocks of BLOCK through `order`: row i of block P is row order[P·BLOCK + i] of its matrix.
// Layout: G [matrices, blocks·BLOCK, rowLength/4] of vec4; only the first gramLength elements of a row enter the product.
// grams [unit][split][BLOCK, BLOCK], where a unit is (matrix, pair) in cross mode, (matrix, block) else, and each split
// sums its own part of the columns.
// Dispatch: (units, splits) workgroups of 256, units counted from firstUnit. A thread sums 4×4 entries over one of
// SLICES interleaved slices of the columns. Matrices whose status says done are left out.
// Precision: float32; dot products of four, slices, splits.

override BLOCK: u32 = 16u; // rows per block: 16 or 32
override SLICES: u32 = 4096u / (BLOCK * BLOCK); // threads that share a 4×4 patch
override TILE: u32 = 256u / BLOCK; // vec4 columns per tile
override PITCH: u32 = TILE + 1u; // one more against bank conflicts

struct Shape {
  blocks: u32,
  rowLength: u32,
  gramLength: u32,
  round: u32,
  splits: u32,
  cross: u32,
  firstUnit: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> G: array<vec4f>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read> status: array<u32>;
@group(0) @binding(4) var<storage, read_write> grams: array<f32>;

var<workgroup> pTile: array<vec4f, BLOCK * PITCH>; // [row][column / 4]
var<workgroup> qTile: array<vec4f, BLOCK * PITCH>;
var<workgroup> total: array<f32, BLOCK * BLOCK>;

@compute @workgroup_size(256)
fn gram(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let unit = shape.firstUnit + group.x;
  let unitsPerMatrix = select(shape.blocks, shape.blocks / 2u, shape.cross == 1u);
  let matrix = unit / unitsPerMatrix;
  if (status[matrix * 8u] != 0u) { return; }
  let index = unit % unitsPerMatrix;
  var pair = vec2u(index);
  if (shape.cross == 1u) { pair = round_robin(shape.round, index, shape.blocks); }
  let firstP = (matrix * shape.blocks + pair.x) * BLOCK;
  let firstQ = (matrix * shape.blocks + pair.y) * BLOCK;
  let rowLength = shape.rowLength / 4u;
  let origin = matrix * shape.blocks * BLOCK * rowLength;
  let columns = shape.gramLength / 4u;
  let perSplit = ((columns + shape.splits - 1u) / shape.splits + TILE - 1u) / TILE * TILE;
  let begin = group.y * perSplit;
  let end = min(columns, begin + perSplit);

  let patches = BLOCK / 4u;
  let slice = thread / (patches * patches);
  let row = (thread % (patches * patches)) / patches * 4u;
  let column = thread % patches * 4u;
  var sum0 = vec4f(0.0);
  var sum1 = vec4f(0.0);
  var sum2 = vec4f(0.0);
  var sum3 = vec4f(0.0);
  for (var first = begin; first < end; first += TILE) {
    for (var i = thread; i < BLOCK * TILE; i += 256u) {
      let tileRow = i / TILE;
      let tileColumn = i % TILE;
      let at = first + tileColumn;
      var p = vec4f(0.0);
      var q = vec4f(0.0);
      if (at < end) {
        p = G[origin + order[firstP + tileRow] * rowLength + at];
        q = G[origin + order[firstQ + tileRow] * rowLength + at];
      }
      pTile[tileRow * PITCH + tileColumn] = p;
      qTile[tileRow * PITCH + tileColumn] = q;
    }
    workgroupBarrier();
    for (var k = slice; k < TILE; k += SLICES) {
      let q0 = qTile[column * PITCH + k];
      let q1 = qTile[(column + 1u) * PITCH + k];
      let q2 = qTile[(column + 2u) * PITCH + k];
      let q3 = qTile[(column + 3u) * PITCH + k];
      let p0 = pTile[row * PITCH + k];
      let p1 = pTile[(row + 1u) * PITCH + k];
      let p2 = pTile[(row + 2u) * PITCH + k];
      let p3 = pTile[(row + 3u) * PITCH + k];
      sum0 += vec4f(dot(p0, q0), dot(p0, q1), dot(p0, q2), dot(p0, q3));
      sum1 += vec4f(dot(p1, q0), dot(p1, q1), dot(p1, q2), dot(p1, q3));
      sum2 += vec4f(dot(p2, q0), dot(p2, q1), dot(p2, q2), dot(p2, q3));
      sum3 += vec4f(dot(p3, q0), dot(p3, q1), dot(p3, q2), dot(p3, q3));
    }
    workgroupBarrier();
  }

  // Slices are added one after the other, so that the sum does not depend on scheduling.
  for (var i = thread; i < BLOCK * BLOCK; i += 256u) { total[i] = 0.0; }
  workgroupBarrier();
  for (var turn = 0u; turn < SLICES; turn++) {
    if (slice == turn) {
      let at = row * BLOCK + column;
      for (var lane = 0u; lane < 4u; lane++) {
        total[at + lane] += sum0[lane];
        total[at + BLOCK + lane] += sum1[lane];
        total[at + 2u * BLOCK + lane] += sum2[lane];
        total[at + 3u * BLOCK + lane] += sum3[lane];
      }
    }
    workgroupBarrier();
  }
  let destination = (unit * shape.splits + group.y) * BLOCK * BLOCK;
  for (var i = thread; i < BLOCK * BLOCK; i += 256u) { grams[destination + i] = total[i]; }
}
