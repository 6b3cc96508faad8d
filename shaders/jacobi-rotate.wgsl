// Diagonalises the 2·BLOCK Gram matrix S of a pair of blocks by Jacobi rotations in workgroup memory, and leaves the
// rotation J as E = J - I.
//
// A rotation of vectors p, q with s_pp, s_qq, s_pq: z = (s_qq - s_pp) / 2s_pq, t = sign(z) / (|z| + √(1 + z²)),
// c = 1/√(1 + t²), s = tc, and with g = s/(1 + c): p' = p - s(q + gp), q' = q + s(p - gq). Adding small terms to E
// instead of multiplying cosines keeps J orthogonal to rounding: c² + s² ≠ 1 would add up with one sign.
// `inner` tournaments meet every two of the 2·BLOCK vectors once each, and stop early when nothing rotates.
//
// A pair of blocks is left alone only if all its cosines are within tolerance. Once it is worked on, cosines down to
// FINISH·tolerance are turned away too, which costs nothing: what is left below tolerance is the residual of the whole
// decomposition, and it grows with the root of the number of vectors. Vectors of like length are excepted: there a
// cosine made of rounding alone would turn them by up to 45°, for ever.
//
// Layout: crossGrams [pair][split][BLOCK, BLOCK]; diagonalGrams [matrix][block][BLOCK, BLOCK], read and replaced by the
// rotated ones; E [pair][2·BLOCK, 2·BLOCK]; activity[pair] = 0 if all cosines |s_pq|/√(s_pp s_qq) are within tolerance,
// and then E is not written. progress[matrix] = (bits of the largest cosine, active pairs, rotations, not finite).
// Pairs of all matrices are counted through, matrix by matrix. A matrix whose status says done is left out.
// Dispatch: one workgroup of 256 per pair, from firstUnit. Workgroup storage: 25 KB for BLOCK = 32, 7 KB for 16.
// Precision: float32.

override BLOCK: u32 = 16u; // vectors per block: 16 or 32
override SIZE: u32 = 2u * BLOCK;
override PACKED: u32 = BLOCK * (2u * BLOCK + 1u); // entries of the upper triangle of S

struct Shape {
  blocks: u32,
  round: u32,
  splits: u32,
  inner: u32,
  firstUnit: u32,
  tolerance: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> crossGrams: array<f32>;
@group(0) @binding(2) var<storage, read> status: array<u32>;
@group(0) @binding(3) var<storage, read_write> diagonalGrams: array<f32>;
@group(0) @binding(4) var<storage, read_write> E: array<f32>;
@group(0) @binding(5) var<storage, read_write> activity: array<u32>;
@group(0) @binding(6) var<storage, read_write> progress: array<atomic<u32>>;

const EXPONENT = 0x7f800000u;
const FINISH = 0.1;

var<workgroup> S: array<f32, PACKED>;
var<workgroup> J: array<f32, SIZE * SIZE>; // E while it is being built
var<workgroup> rotation: array<vec4f, BLOCK>; // (s, g, t, 0) of each pair of the round
var<workgroup> member: array<vec2u, BLOCK>; // (p, q) of each pair of the round
var<workgroup> largest: atomic<u32>;
var<workgroup> broken: atomic<u32>;
var<workgroup> rotated: atomic<u32>;

fn at(a: u32, b: u32) -> u32 {
  let column = max(a, b);
  return column * (column + 1u) / 2u + min(a, b);
}

@compute @workgroup_size(256)
fn rotate(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let unit = shape.firstUnit + group.x;
  let matrix = unit / (shape.blocks / 2u);
  if (status[matrix * 8u] != 0u) { return; }
  let pair = round_robin(shape.round, unit % (shape.blocks / 2u), shape.blocks);
  let gramP = (matrix * shape.blocks + pair.x) * BLOCK * BLOCK;
  let gramQ = (matrix * shape.blocks + pair.y) * BLOCK * BLOCK;
  for (var i = thread; i < BLOCK * BLOCK; i += 256u) {
    let row = i / BLOCK;
    let column = i % BLOCK;
    if (row <= column) {
      S[at(row, column)] = diagonalGrams[gramP + i];
      S[at(BLOCK + row, BLOCK + column)] = diagonalGrams[gramQ + i];
    }
    var sum = 0.0;
    for (var split = 0u; split < shape.splits; split++) {
      sum += crossGrams[(unit * shape.splits + split) * BLOCK * BLOCK + i];
    }
    S[at(row, BLOCK + column)] = sum;
  }
  for (var i = thread; i < SIZE * SIZE; i += 256u) { J[i] = 0.0; }
  workgroupBarrier();

  var cosine = 0.0;
  for (var i = thread; i < SIZE * SIZE; i += 256u) {
    let row = i / SIZE;
    let column = i % SIZE;
    if (row >= column) { continue; }
    let product = S[at(row, column)];
    if ((bitcast<u32>(product) & EXPONENT) == EXPONENT) { atomicStore(&broken, 1u); }
    let norms = sqrt(max(S[at(row, row)], 0.0)) * sqrt(max(S[at(column, column)], 0.0));
    cosine = max(cosine, abs(product) / max(norms, 1e-37));
  }
  atomicMax(&largest, bitcast<u32>(cosine));
  workgroupBarrier();
  let largestCosine = workgroupUniformLoad(&largest);
  let isBroken = workgroupUniformLoad(&broken);
  let rotates = bitcast<f32>(largestCosine) > shape.tolerance && isBroken == 0u;
  if (thread == 0u) {
    atomicMax(&progress[matrix * 4u], largestCosine);
    atomicMax(&progress[matrix * 4u + 3u], isBroken);
    activity[unit] = select(0u, 1u, rotates);
    if (rotates) { atomicAdd(&progress[matrix * 4u + 1u], 1u); }
  }
  if (!rotates) { return; }

  for (var tournament = 0u; tournament < shape.inner; tournament++) {
    if (thread == 0u) { atomicStore(&rotated, 0u); }
    workgroupBarrier();
    for (var round = 0u; round < SIZE - 1u; round++) {
      if (thread < BLOCK) {
        let two = round_robin(round, thread, SIZE);
        let pp = S[at(two.x, two.x)];
        let qq = S[at(two.y, two.y)];
        let pq = S[at(two.x, two.y)];
        var turn = vec4f(0.0);
        let bound = shape.tolerance * sqrt(pp) * sqrt(qq);
        let isSmallTurn = abs(qq - pp) > 10.0 * abs(pq);
        if (pp > 0.0 && qq > 0.0 && abs(pq) > select(bound, FINISH * bound, isSmallTurn)) {
          let z = (qq - pp) / (2.0 * pq);
          var t = select(-1.0, 1.0, z >= 0.0) / (abs(z) + sqrt(1.0 + z * z));
          if (abs(z) > 1e18) { t = 0.5 / z; } // z² would overflow
          let c = 1.0 / sqrt(1.0 + t * t);
          let s = t * c;
          turn = vec4f(s, s / (1.0 + c), t, 0.0);
          atomicAdd(&rotated, 1u);
        }
        rotation[thread] = turn;
        member[thread] = two;
      }
      workgroupBarrier();
      // S ← JᵀSJ: the 2×2 block of pairs k <= l, each touched by one thread. Pairs are folded into a rectangle.
      for (var i = thread; i < BLOCK / 2u * (BLOCK + 1u); i += 256u) {
        let foldedRow = i / (BLOCK + 1u);
        let foldedColumn = i % (BLOCK + 1u);
        let isUpper = foldedColumn > foldedRow;
        let k = select(BLOCK - 1u - foldedRow, foldedRow, isUpper);
        let l = select(BLOCK - 1u - foldedColumn, foldedColumn - 1u, isUpper);
        let a = member[k];
        let b = member[l];
        let ka = rotation[k];
        let lb = rotation[l];
        if (k == l) {
          if (ka.z != 0.0) {
            let pq = S[at(a.x, a.y)];
            S[at(a.x, a.x)] -= ka.z * pq;
            S[at(a.y, a.y)] += ka.z * pq;
            S[at(a.x, a.y)] = 0.0;
          }
        } else if (ka.z != 0.0 || lb.z != 0.0) {
          let pp = S[at(a.x, b.x)];
          let pq = S[at(a.x, b.y)];
          let qp = S[at(a.y, b.x)];
          let qq = S[at(a.y, b.y)];
          let pp1 = pp - ka.x * (qp + ka.y * pp);
          let qp1 = qp + ka.x * (pp - ka.y * qp);
          let pq1 = pq - ka.x * (qq + ka.y * pq);
          let qq1 = qq + ka.x * (pq - ka.y * qq);
          S[at(a.x, b.x)] = pp1 - lb.x * (pq1 + lb.y * pp1);
          S[at(a.x, b.y)] = pq1 + lb.x * (pp1 - lb.y * pq1);
          S[at(a.y, b.x)] = qp1 - lb.x * (qq1 + lb.y * qp1);
          S[at(a.y, b.y)] = qq1 + lb.x * (qp1 - lb.y * qq1);
        }
      }
      // J ← J·rotation: columns p and q of every row; J holds E, so the identity's part is added where row is p or q.
      for (var i = thread; i < SIZE * BLOCK; i += 256u) {
        let k = i % BLOCK;
        let turn = rotation[k];
        if (turn.x == 0.0) { continue; }
        let row = i / BLOCK;
        let two = member[k];
        let p = J[row * SIZE + two.x];
        let q = J[row * SIZE + two.y];
        var p1 = p - turn.x * (q + turn.y * p);
        var q1 = q + turn.x * (p - turn.y * q);
        if (row == two.x) {
          p1 -= turn.x * turn.y;
          q1 += turn.x;
        }
        if (row == two.y) {
          p1 -= turn.x;
          q1 -= turn.x * turn.y;
        }
        J[row * SIZE + two.x] = p1;
        J[row * SIZE + two.y] = q1;
      }
      workgroupBarrier();
    }
    let count = workgroupUniformLoad(&rotated);
    if (thread == 0u) { atomicAdd(&progress[matrix * 4u + 2u], count); }
    if (count == 0u) { break; }
  }

  for (var i = thread; i < SIZE * SIZE; i += 256u) { E[unit * SIZE * SIZE + i] = J[i]; }
  for (var i = thread; i < BLOCK * BLOCK; i += 256u) {
    diagonalGrams[gramP + i] = S[at(i / BLOCK, i % BLOCK)];
    diagonalGrams[gramQ + i] = S[at(BLOCK + i / BLOCK, BLOCK + i % BLOCK)];
  }
}
