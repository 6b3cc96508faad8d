import { expect } from "vitest";
import { RandomStream } from "../../src/tensor/random";
import type { RowScores } from "../../src/tensor/reference/row-scores";

/** Random logits and labels; `ties` rounds the logits so that many are equal. */
export function drawnLogits(
  rows: number,
  columns: number,
  ties: boolean,
): { x: Float32Array<ArrayBuffer>; labels: Uint32Array<ArrayBuffer> } {
  const random = new RandomStream(rows * columns);
  const draw = (): number => (ties ? Math.round(2 * random.normal()) : 4 * random.normal());
  return {
    x: Float32Array.from({ length: rows * columns }, draw),
    labels: Uint32Array.from({ length: rows }, () => random.integer(columns)),
  };
}

/** Compares with whole sorts and with probabilities in float64. */
export function expectRowScores(
  { logProbabilities, top }: RowScores,
  x: Float32Array,
  columns: number,
  labels: Uint32Array,
  count: number,
): void {
  const rows = labels.length;
  expect([logProbabilities.length, top.length]).toEqual([rows, rows * count]);
  for (let r = 0; r < rows; r++) {
    const row = Array.from(x.subarray(r * columns, (r + 1) * columns));
    const order = row
      .map((value, column) => ({ value, column }))
      .sort((a, b) => b.value - a.value || a.column - b.column);
    const largest = order.slice(0, count).map(({ column }) => column);
    expect([r, ...top.subarray(r * count, (r + 1) * count)]).toEqual([r, ...largest]);
    const total = row.map(Math.exp).reduce((sum, p) => sum + p, 0);
    expect(logProbabilities[r]).toBeCloseTo(Math.log(Math.exp(row[labels[r]!]!) / total), 4);
  }
}
