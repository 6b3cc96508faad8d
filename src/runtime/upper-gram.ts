import { GraphBuilder } from "../graph/builder";
import type { Graph, Value } from "../graph/types";
import { sizeOf } from "../tensor/shape";

/** Columns whose square is multiplied whole: fewer leave out more of the lower triangle, more multiply faster. */
const leafColumns = 64;

/** A part of a symmetric matrix, none of it below the diagonal but in parts that lie on it. */
interface Block {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Columns of the left half of so many, or undefined if they are not halved. */
function leftHalf(columns: number): number | undefined {
  return columns <= leafColumns ? undefined : leafColumns * Math.ceil(columns / (2 * leafColumns));
}

/** What lies right of the left half's square, then the halves' own blocks. */
function blocks(size: number, first = 0): Block[] {
  const left = leftHalf(size);
  if (left === undefined) return [{ row: first, column: first, rows: size, columns: size }];
  return [
    { row: first, column: first + left, rows: left, columns: size - left },
    ...blocks(left, first),
    ...blocks(size - left, first + left),
  ];
}

/** The products of X's columns in the order of `blocks`. Halving copies less than cutting strips would. */
function products(b: GraphBuilder, x: Value): Value[] {
  const size = x.shape[1] ?? 0;
  const half = leftHalf(size);
  if (half === undefined) return [b.gemm([x, x], { a: true })];
  const [left, right] = [b.slice(x, 1, 0, half), b.slice(x, 1, half, size)];
  return [b.gemm([left, right], { a: true }), ...products(b, left), ...products(b, right)];
}

/**
 * The upper triangle of XᵀX, and a little more, over the first rows, `counted` of all, of each of these matrices
 * X [rows, size], in about half the products of the whole; named as the matrix with `gram.` before it, for
 * `addUpperGrams`.
 */
export function upperGramGraph(matrices: readonly Value[], counted = (rows: number): number => rows): Graph {
  const b = new GraphBuilder();
  const grams = matrices.map(({ name, shape }) => {
    const [rows = 0, size = 0] = shape;
    const x = b.input(name, [rows, size]);
    const first = counted(rows) === rows ? x : b.slice(x, 0, 0, counted(rows));
    const flat = products(b, first).map((product) => b.reshape(product, [sizeOf(product.shape)]));
    return [gramName(name), b.concat(flat, 0)] as const;
  });
  return b.build("gram", Object.fromEntries(grams));
}

export function gramName(matrix: string): string {
  return `gram.${matrix}`;
}

/** As many results are added at once: the sums, which are far larger than a cache, are read and written once for all. */
export const gramsAtOnce = 4;

const none = new Float32Array(0);

/** Adds what `upperGramGraph` gave of a matrix in at most four runs to the upper triangle of `sums` [size, size]. */
export function addUpperGrams(grams: readonly Float32Array[], sums: Float64Array, size: number): void {
  const [p = none, q = none, r = none, s = none] = grams;
  let from = 0;
  for (const { row, column, rows, columns } of blocks(size)) {
    for (let i = row; i < row + rows; i++) {
      const to = i * size + column;
      for (let k = 0; k < columns; k++, from++)
        sums[to + k] =
          (sums[to + k] ?? 0) + (p[from] ?? 0) + (q[from] ?? 0) + (r[from] ?? 0) + (s[from] ?? 0);
    }
  }
}
