import type { KeptDensity } from "./types";

/** Cells along each side of the grid, at most. */
const CELLS = 40;

/** Whole ranks from 0 to `count`, spaced as their logarithms are as far as whole numbers can be. */
export function rankEdges(count: number, cells = CELLS): number[] {
  const edges = new Set([0]);
  for (let cell = 1; cell <= cells; cell++) edges.add(Math.max(1, Math.round(count ** (cell / cells))));
  return [...edges].sort((a, b) => a - b);
}

/** Kept share of the elements of a mask [rows, columns] in each cell of the grid. */
export function keptDensity(mask: Uint8Array, rows: number, columns: number): KeptDensity {
  const [inputEdges, outputEdges] = [rankEdges(columns), rankEdges(rows)];
  const across = inputEdges.length - 1;
  const shares: number[] = [];
  for (let y = 0; y + 1 < outputEdges.length; y++) {
    for (let x = 0; x < across; x++) {
      const [left = 0, right = 0] = inputEdges.slice(x, x + 2);
      const [low = 0, high = 0] = outputEdges.slice(y, y + 2);
      let kept = 0;
      for (let j = low; j < high; j++) for (let i = left; i < right; i++) kept += mask[j * columns + i] ?? 0;
      shares.push(kept / ((right - left) * (high - low)));
    }
  }
  return { inputEdges, outputEdges, shares };
}

/** Share of Σλμ in the kept pairs of a mask [μ, λ]; 1 if Σλμ is 0. */
export function keptEnergy(mask: Uint8Array, lambda: Float32Array, mu: Float32Array): number {
  let kept = 0;
  for (const [j, m] of mu.entries()) {
    let inRow = 0;
    for (const [i, l] of lambda.entries()) if (mask[j * lambda.length + i] === 1) inRow += l;
    kept += inRow * m;
  }
  const sum = (values: Float32Array): number => values.reduce((all, value) => all + value, 0);
  const total = sum(lambda) * sum(mu);
  return total === 0 ? 1 : Math.min(1, kept / total);
}
