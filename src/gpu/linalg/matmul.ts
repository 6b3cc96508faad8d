import type { Commands } from "../commands";
import type { GpuContext } from "../device";
import type { BoundKernel } from "../kernel";
import { matmul as matmulKernel } from "../kernels/matmul";
import type { Pace } from "../pace";

/** A float32 matrix inside a buffer. Row-major, rows next to each other, unless said otherwise. */
export interface MatrixView {
  readonly buffer: GPUBuffer;
  readonly rows: number;
  readonly columns: number;
  /** Elements before the first one. */
  readonly offset?: number;
  /** Elements from one row to the next; `columns` if left out. */
  readonly rowStride?: number;
}

/** C = alpha·op(A)·op(B) + beta·C; op transposes if asked. C is dense and must not share a buffer with A or B. */
export interface MatmulOperands {
  readonly A: MatrixView;
  readonly B: MatrixView;
  readonly C: GPUBuffer;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** 1 if left out. */
  readonly alpha?: number;
  /** 0 if left out; C is then not read. */
  readonly beta?: number;
}

const tileSize = 64;

interface Prepared {
  readonly bound: BoundKernel<typeof matmulKernel.uniforms>;
  readonly values: Omit<Record<keyof typeof matmulKernel.uniforms, number>, "firstTileRow">;
  readonly tileRows: number;
  readonly tileColumns: number;
  readonly operationsPerTileRow: number;
}

/** A view as op(A) sees it: sizes and the strides of a step down and a step to the right. */
function oriented(view: MatrixView, transpose: boolean) {
  const rowStride = view.rowStride ?? view.columns;
  const offset = view.offset ?? 0;
  const end = offset + (view.rows - 1) * rowStride + view.columns;
  if (view.rows < 1 || view.columns < 1 || 4 * end > view.buffer.size) {
    throw new RangeError(
      `matmul: expected ${String(view.rows)}×${String(view.columns)} elements in buffer ${view.buffer.label}, ` +
        `which holds ${String(view.buffer.size / 4)}`,
    );
  }
  return transpose
    ? { rows: view.columns, columns: view.rows, offset, row: 1, column: rowStride }
    : { rows: view.rows, columns: view.columns, offset, row: rowStride, column: 1 };
}

function prepare(gpu: GpuContext, operands: MatmulOperands): Prepared {
  const { C, alpha = 1, beta = 0 } = operands;
  const A = oriented(operands.A, operands.transposeA ?? false);
  const B = oriented(operands.B, operands.transposeB ?? false);
  if (A.columns !== B.rows) {
    throw new RangeError(
      `matmul: expected matching inner sizes, got ${String(A.rows)}×${String(A.columns)} times ` +
        `${String(B.rows)}×${String(B.columns)}`,
    );
  }
  if (4 * A.rows * B.columns > C.size) {
    throw new RangeError(
      `matmul: expected room for ${String(A.rows)}×${String(B.columns)} elements in buffer ${C.label}, ` +
        `which holds ${String(C.size / 4)}`,
    );
  }
  return {
    bound: gpu.pipeline(matmulKernel).bind({ A: operands.A.buffer, B: operands.B.buffer, C }),
    values: {
      m: A.rows,
      n: B.columns,
      k: A.columns,
      aOffset: A.offset,
      aRow: A.row,
      aColumn: A.column,
      bOffset: B.offset,
      bRow: B.row,
      bColumn: B.column,
      alpha,
      beta,
    },
    tileRows: Math.ceil(A.rows / tileSize),
    tileColumns: Math.ceil(B.columns / tileSize),
    operationsPerTileRow: 2 * tileSize * Math.ceil(B.columns / tileSize) * tileSize * A.columns,
  };
}

/** Records one product. */
export function matmul(commands: Commands, operands: MatmulOperands): void {
  const { bound, values, tileRows, tileColumns } = prepare(commands.gpu, operands);
  commands.dispatch(bound, { ...values, firstTileRow: 0 }, [tileColumns, tileRows]);
}

/** The same product, bit for bit, in strips of rows that the pace allows. */
export async function pacedMatmul(pace: Pace, operands: MatmulOperands): Promise<void> {
  const { bound, values, tileRows, tileColumns, operationsPerTileRow } = prepare(pace.gpu, operands);
  let firstTileRow = 0;
  while (firstTileRow < tileRows) {
    const count = Math.min(tileRows - firstTileRow, pace.items(operationsPerTileRow));
    pace.commands.dispatch(bound, { ...values, firstTileRow }, [tileColumns, count]);
    firstTileRow += count;
    await pace.spend(count * operationsPerTileRow);
  }
}
