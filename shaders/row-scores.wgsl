// scores[r] = log softmax(xᵣ)[labels[r]] and top[r, k] = column of the (k+1)-th largest entry of row xᵣ, of equals the
// first. Each rank is found by one pass over the row for the largest entry behind the one before.
//
// Layout: X [rows, columns], dense; labels u32 [rows]; scores [rows]; top u32 [rows, count].
// Dispatch: one workgroup of 64 per row, rows counted over (x, y) with `rowsAcross` per y; count from 1 to columns.
// Precision: float32; the exponentials are of differences to the largest entry and summed by strides, then by a tree.

struct Shape {
  rows: u32,
  columns: u32,
  rowsAcross: u32,
  count: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> X: array<f32>;
@group(0) @binding(2) var<storage, read> labels: array<u32>;
@group(0) @binding(3) var<storage, read_write> scores: array<f32>;
@group(0) @binding(4) var<storage, read_write> top: array<u32>;

const THREADS = 64u;
// No column.
const NONE = 0xffffffffu;

var<workgroup> values: array<f32, THREADS>;
var<workgroup> columns: array<u32, THREADS>;

// Whether an entry ranks before another; no entry at all ranks last.
fn precedes(value: f32, column: u32, other: f32, otherColumn: u32) -> bool {
  if (column == NONE || otherColumn == NONE) { return column != NONE; }
  return value > other || (value == other && column < otherColumn);
}

@compute @workgroup_size(64)
fn score(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let row = group.y * shape.rowsAcross + group.x;
  if (row >= shape.rows) { return; }
  let first = row * shape.columns;
  var largest = 0.0;
  var last = 0.0;
  var lastColumn = NONE;
  for (var rank = 0u; rank < shape.count; rank++) {
    var best = 0.0;
    var bestColumn = NONE;
    for (var column = thread; column < shape.columns; column += THREADS) {
      let value = X[first + column];
      let isOpen = rank == 0u || precedes(last, lastColumn, value, column);
      if (isOpen && precedes(value, column, best, bestColumn)) {
        best = value;
        bestColumn = column;
      }
    }
    values[thread] = best;
    columns[thread] = bestColumn;
    workgroupBarrier();
    for (var half = THREADS / 2u; half > 0u; half /= 2u) {
      if (thread < half && precedes(values[thread + half], columns[thread + half], values[thread], columns[thread])) {
        values[thread] = values[thread + half];
        columns[thread] = columns[thread + half];
      }
      workgroupBarrier();
    }
    last = values[0];
    lastColumn = columns[0];
    if (rank == 0u) { largest = last; }
    if (thread == 0u) { top[row * shape.count + rank] = lastColumn; }
    workgroupBarrier();
  }
  var sum = 0.0;
  for (var column = thread; column < shape.columns; column += THREADS) {
    sum += exp(X[first + column] - largest);
  }
  values[thread] = sum;
  workgroupBarrier();
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    if (thread < half) { values[thread] += values[thread + half]; }
    workgroupBarrier();
  }
  if (thread == 0u) { scores[row] = X[first + labels[row]] - largest - log(values[0]); }
}
