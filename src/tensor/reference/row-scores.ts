/** What a classifier's logits say, row by row. */
export interface RowScores {
  /** Log-softmax of each row at its label. */
  readonly logProbabilities: Float32Array<ArrayBuffer>;
  /** [rows, count]: columns of the largest entries, largest first; of equals the first. */
  readonly top: Uint32Array<ArrayBuffer>;
}

/** Scores the first rows of X [.., columns], one per label; the exponentials are summed in float64. */
export function rowScores(X: Float32Array, columns: number, labels: Uint32Array, count: number): RowScores {
  const logProbabilities = new Float32Array(labels.length);
  const top = new Uint32Array(labels.length * count);
  for (const [r, label] of labels.entries()) {
    const row = X.subarray(r * columns, (r + 1) * columns);
    const best = top.subarray(r * count, (r + 1) * count);
    rank(row, best);
    const largest = row[best[0] ?? 0] ?? 0;
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += Math.exp((row[column] ?? 0) - largest);
    logProbabilities[r] = (row[label] ?? NaN) - largest - Math.log(sum);
  }
  return { logProbabilities, top };
}

/** Fills `best` with the columns of the largest entries by insertion: later columns pass only what is smaller. */
function rank(row: Float32Array, best: Uint32Array): void {
  let found = 0;
  let least = -Infinity;
  for (let column = 0; column < row.length; column++) {
    const value = row[column] ?? 0;
    if (found === best.length && !(value > least)) continue;
    let at = found < best.length ? found++ : found - 1;
    while (at > 0 && value > (row[best[at - 1] ?? 0] ?? 0)) {
      best[at] = best[at - 1] ?? 0;
      at--;
    }
    best[at] = column;
    least = row[best[found - 1] ?? 0] ?? 0;
  }
}
