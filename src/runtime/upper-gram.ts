import { GraphBuilder } from "../graph/builder";
import type { Graph, Value } from "../graph/types";
import { sizeOf } from "../tensor/shape";

/** Columns of a strip: narrow ones leave out more of the lower triangle, wide ones multiply faster. */
const stripColumns = 64;

/** First rows and sizes of the strips of a symmetric matrix: [rows, columns] from the diagonal on. */
function strips(size: number): { readonly first: number; readonly rows: number; readonly columns: number }[] {
  return Array.from({ length: Math.ceil(size / stripColumns) }, (_, i) => {
    const first = i * stripColumns;
    return { first, rows: Math.min(stripColumns, size - first), columns: size - first };
  });
}

/**
 * The upper triangle of XᵀX, and a little more, over the first rows, `counted` of all, of each of these matrices X [rows, size], in about
 * half the products of the whole; named as the matrix with `gram.` before it, for `addUpperGram`.
 */
export function upperGramGraph(matrices: readonly Value[], counted = (rows: number): number => rows): Graph {
  const b = new GraphBuilder();
  const grams = matrices.map(({ name, shape }) => {
    const [rows = 0, size = 0] = shape;
    const x = b.input(name, [rows, size]);
    const first = counted(rows) === rows ? x : b.slice(x, 0, 0, counted(rows));
    // As rows the columns of X lie together: strips are copied in one piece.
    const columns = b.transpose(first, [1, 0]);
    const part = (from: number, to: number): Value =>
      to - from === size ? columns : b.slice(columns, 0, from, to);
    const products = strips(size).map(({ first, rows: height }) =>
      b.gemm([part(first, first + height), part(first, size)], { b: true }),
    );
    const flat = products.map((product) => b.reshape(product, [sizeOf(product.shape)]));
    return [gramName(name), b.concat(flat, 0)] as const;
  });
  return b.build("gram", Object.fromEntries(grams));
}

export function gramName(matrix: string): string {
  return `gram.${matrix}`;
}

/** Adds what `upperGramGraph` gives of a matrix to the upper triangle of `sums` [size, size]. */
export function addUpperGram(gram: Float32Array, sums: Float64Array, size: number): void {
  let strip = 0;
  for (const { first, rows, columns } of strips(size)) {
    for (let row = 0; row < rows; row++) {
      const from = strip + row * columns;
      const to = (first + row) * size + first;
      for (let k = row; k < columns; k++) sums[to + k] = (sums[to + k] ?? 0) + (gram[from + k] ?? 0);
    }
    strip += rows * columns;
  }
}
