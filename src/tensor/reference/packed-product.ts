/**
 * The inner part of every product on the CPU: operands are copied into small panels that stay in the cache, then
 * multiplied tile by tile with the sums of a tile in registers.
 */

export type Floats = Float32Array | Float64Array;

/** One register tile: 12 sums, which is what the 16 float registers of a core leave room for. */
export const TILE_ROWS = 4;
export const TILE_COLUMNS = 3;

/** How a matrix is read as lines (rows of the left operand, columns of the right one) running along the summed axis. */
export interface Lines {
  readonly source: Floats;
  /** Index of the first value of line 0. */
  readonly offset: number;
  readonly lineStride: number;
  readonly depthStride: number;
}

/** Values a panel buffer needs for this many lines. */
export function packedSize(lines: number, depth: number, tile: number): number {
  return Math.ceil(lines / tile) * tile * depth;
}

/** Copies lines into panels of `tile` lines interleaved by depth; lines missing from the last panel are 0. */
export function packLines(
  { source, offset, lineStride, depthStride }: Lines,
  lines: number,
  depth: number,
  tile: number,
  target: Float64Array,
): void {
  for (let panel = 0; panel < lines; panel += tile) {
    for (let line = panel; line < panel + tile; line++) {
      let to = panel * depth + (line - panel);
      if (line < lines) {
        let from = offset + line * lineStride;
        for (let k = 0; k < depth; k++, to += tile, from += depthStride) target[to] = source[from] ?? 0;
      } else {
        for (let k = 0; k < depth; k++, to += tile) target[to] = 0;
      }
    }
  }
}

/** Where the product of a block is added: rows i0..i0+height of a row-major matrix, columns from `firstColumn` on. */
export interface Target {
  readonly sums: Float64Array;
  readonly columns: number;
  readonly i0: number;
  readonly height: number;
  /** A multiple of TILE_COLUMNS. */
  readonly firstColumn: number;
}

/** sums[i0 + i, j] += Σ_k A[i, k]·B[k, j] over one packed block. */
export function addPackedProduct(
  packedA: Float64Array,
  packedB: Float64Array,
  depth: number,
  { sums, columns, i0, height, firstColumn }: Target,
): void {
  for (let j = firstColumn; j < columns; j += TILE_COLUMNS) {
    const width = Math.min(TILE_COLUMNS, columns - j);
    for (let i = 0; i < height; i += TILE_ROWS) {
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s20 = 0;
      let s21 = 0;
      let s22 = 0;
      let s30 = 0;
      let s31 = 0;
      let s32 = 0;
      let at = i * depth;
      let bt = j * depth;
      for (let k = 0; k < depth; k++) {
        const b0 = packedB[bt] ?? 0;
        const b1 = packedB[bt + 1] ?? 0;
        const b2 = packedB[bt + 2] ?? 0;
        const a0 = packedA[at] ?? 0;
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        const a1 = packedA[at + 1] ?? 0;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        const a2 = packedA[at + 2] ?? 0;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        const a3 = packedA[at + 3] ?? 0;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        at += TILE_ROWS;
        bt += TILE_COLUMNS;
      }
      const tileRows = Math.min(TILE_ROWS, height - i);
      const out = (i0 + i) * columns + j;
      addRow(sums, out, width, s00, s01, s02);
      if (tileRows > 1) addRow(sums, out + columns, width, s10, s11, s12);
      if (tileRows > 2) addRow(sums, out + 2 * columns, width, s20, s21, s22);
      if (tileRows > 3) addRow(sums, out + 3 * columns, width, s30, s31, s32);
    }
  }
}

function addRow(sums: Float64Array, at: number, width: number, s0: number, s1: number, s2: number): void {
  sums[at] = (sums[at] ?? 0) + s0;
  if (width > 1) sums[at + 1] = (sums[at + 1] ?? 0) + s1;
  if (width > 2) sums[at + 2] = (sums[at + 2] ?? 0) + s2;
}
