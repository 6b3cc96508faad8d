import { GraphBuilder } from "../graph/builder";
import type { Graph } from "../graph/types";
import type { HostTensor } from "../tensor/host-tensor";
import { float32 } from "../tensor/host-tensor";
import { hostFloats, type DeviceTensor } from "./device-tensor";
import type { Session } from "./session";
import { turn } from "./turn";

/** Multiplications of one run: some 10 ms on a slow machine. */
const blockProducts = 5e7;
/** Time without messages from outside. */
const quietMilliseconds = 30;
/** Compiled products that are kept; the oldest goes first. */
const mostSessions = 64;

/** Values of a matrix [rows, columns] as one of [columns, rows]. */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = values[row * columns + column] ?? 0;
  return result;
}

/** Matrix products on onnxruntime's CPU provider, which has vector instructions and threads. */
export class CpuProducts {
  readonly #compile: (graph: Graph) => Promise<Session>;
  readonly #upload: (tensor: HostTensor) => DeviceTensor;
  readonly #sessions = new Map<string, Promise<Session>>();

  constructor(compile: (graph: Graph) => Promise<Session>, upload: (tensor: HostTensor) => DeviceTensor) {
    this.#compile = compile;
    this.#upload = upload;
  }

  /**
   * A·B, each transposed if asked, in blocks of rows: a run of onnxruntime cannot be stopped, so none is long.
   * @throws the signal's reason when it fires.
   */
  async product(
    a: DeviceTensor,
    b: DeviceTensor,
    transpose: { readonly a: boolean; readonly b: boolean },
    signal?: AbortSignal,
  ): Promise<DeviceTensor> {
    const [aRows = 0, aColumns = 0] = a.shape;
    const [rows, inner] = transpose.a ? [aColumns, aRows] : [aRows, aColumns];
    const columns = b.shape[transpose.b ? 0 : 1] ?? 0;
    const left = transpose.a ? transposed(hostFloats(a), inner, rows) : hostFloats(a);
    const block = Math.max(1, Math.min(rows, Math.floor(blockProducts / (inner * columns))));
    const session = await this.#session(`${block}×${inner} ${b.shape.join("×")} ${transpose.b}`, () => {
      const builder = new GraphBuilder();
      const inputs = [builder.input("a", [block, inner]), builder.input("b", b.shape)] as const;
      return builder.build("product", { product: builder.gemm([...inputs], { b: transpose.b }) });
    });
    const result = new Float32Array(rows * columns);
    let heard = performance.now();
    for (let row = 0; row < rows; row += block) {
      // The last block is filled up with zeros.
      const part = new Float32Array(block * inner);
      part.set(left.subarray(row * inner, Math.min(rows, row + block) * inner));
      const fed = this.#upload(float32([block, inner], part));
      const { product } = await session.run({ a: fed, b });
      fed.release();
      if (!product) throw new Error("product: the graph gave no result");
      result.set(hostFloats(product).subarray(0, (rows - row) * columns), row * columns);
      product.release();
      if (performance.now() - heard > quietMilliseconds) {
        await turn();
        heard = performance.now();
      }
      signal?.throwIfAborted();
    }
    return this.#upload(float32([rows, columns], result));
  }

  #session(key: string, graph: () => Graph): Promise<Session> {
    const known = this.#sessions.get(key);
    if (known) return known;
    const made = this.#compile(graph());
    this.#sessions.set(key, made);
    made.catch(() => this.#sessions.delete(key));
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > mostSessions && oldest !== undefined) {
      void this.#sessions.get(oldest)?.then((session) => session.release());
      this.#sessions.delete(oldest);
    }
    return made;
  }
}
