import {
  addPackedProduct,
  packedSize,
  packLines,
  TILE_COLUMNS,
  TILE_ROWS,
  type Floats,
  type Lines,
} from "./packed-product";
import { runToEnd, type Steps } from "./steps";

/** C [rows, columns] = op(A) [rows, inner] · op(B) [inner, columns]; a transposed operand is stored the other way round. */
export interface MatmulShape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** The block of A that stays in the cache: at most 64·256 float64 values, 128 KiB. */
const ROW_BLOCK = 64;
const INNER_BLOCK = 256;
/** Multiplications between two yields: about 10 ms. */
const STEP_PRODUCTS = 2 ** 24;

/**
 * Matrix product, row-major, summed in float64 whatever the arrays are; `out` is overwritten and returned.
 * Operands may be longer than their shape: leading rows of a matrix are multiplied without a copy.
 */
export function matmul<T extends Floats>(a: Floats, b: Floats, shape: MatmulShape, out: T): T {
  return runToEnd(matmulSteps(a, b, shape, out));
}

export function* matmulSteps<T extends Floats>(a: Floats, b: Floats, shape: MatmulShape, out: T): Steps<T> {
  checkSizes(a, b, out, shape);
  const { rows, inner, columns } = shape;
  // float32 results are summed apart, so that they are rounded once.
  const sums = out instanceof Float64Array ? out : new Float64Array(rows * columns);
  sums.fill(0, 0, rows * columns);
  const fitting = Math.floor(STEP_PRODUCTS / (columns * INNER_BLOCK * TILE_ROWS)) * TILE_ROWS;
  const rowBlock = Math.max(TILE_ROWS, Math.min(ROW_BLOCK, fitting));
  const packedA = new Float64Array(packedSize(rowBlock, Math.min(inner, INNER_BLOCK), TILE_ROWS));
  const packedB = new Float64Array(packedSize(columns, Math.min(inner, INNER_BLOCK), TILE_COLUMNS));
  for (let k0 = 0; k0 < inner; k0 += INNER_BLOCK) {
    const depth = Math.min(INNER_BLOCK, inner - k0);
    packLines(columnsOfB(b, shape, k0), columns, depth, TILE_COLUMNS, packedB);
    for (let i0 = 0; i0 < rows; i0 += rowBlock) {
      const height = Math.min(rowBlock, rows - i0);
      packLines(rowsOfA(a, shape, i0, k0), height, depth, TILE_ROWS, packedA);
      addPackedProduct(packedA, packedB, depth, { sums, columns, i0, height, firstColumn: 0 });
      yield (k0 * rows + (i0 + height) * depth) / (inner * rows);
    }
  }
  if (sums !== out) out.set(sums);
  return out;
}

function rowsOfA(a: Floats, { rows, inner, transposeA = false }: MatmulShape, i0: number, k0: number): Lines {
  const [lineStride, depthStride] = transposeA ? [1, rows] : [inner, 1];
  return { source: a, offset: i0 * lineStride + k0 * depthStride, lineStride, depthStride };
}

function columnsOfB(b: Floats, { inner, columns, transposeB = false }: MatmulShape, k0: number): Lines {
  const [lineStride, depthStride] = transposeB ? [inner, 1] : [1, columns];
  return { source: b, offset: k0 * depthStride, lineStride, depthStride };
}

function checkSizes(a: Floats, b: Floats, out: Floats, { rows, inner, columns }: MatmulShape): void {
  const sizes = [
    ["A", a.length, rows * inner],
    ["B", b.length, inner * columns],
    ["out", out.length, rows * columns],
  ] as const;
  for (const [name, length, expected] of sizes) {
    if (length < expected) {
      throw new RangeError(`matmul: expected at least ${expected} values in ${name}, got ${length}`);
    }
  }
}
