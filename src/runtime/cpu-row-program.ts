import {
  cachedAttention,
  gateRows,
  normalizeRows,
  rotateIntoCache,
  rowProducts,
} from "../tensor/reference/decoding-rows";
import { hostFloats } from "./device-tensor";
import { requireTokens, type RowProgram, type RowProgramSizes, type Rows } from "./row-program";
import { turn } from "./turn";

class CpuRows implements Rows {
  readonly width: number;
  readonly data: Float32Array<ArrayBuffer>;

  constructor(rows: number, width: number) {
    this.width = width;
    this.data = new Float32Array(rows * width);
  }
}

function dataOf(rows: Rows): Float32Array<ArrayBuffer> {
  if (!(rows instanceof CpuRows)) throw new TypeError("row program: expected rows of a program on the CPU");
  return rows.data;
}

/** The program in JavaScript, on weights and caches in JavaScript memory. */
export function cpuRowProgram(sizes: RowProgramSizes): RowProgram {
  const { rows, cosines, sines } = sizes;
  const ops: (() => void)[] = [];
  const positions = new Uint32Array(rows);
  const ids = new Uint32Array(rows);
  return {
    rows: (width) => new CpuRows(rows, width),
    embed: (table, to) => {
      const [embeddings, target] = [hostFloats(table), dataOf(to)];
      ops.push(() => {
        for (const [row, id] of ids.entries())
          target.set(embeddings.subarray(id * to.width, (id + 1) * to.width), row * to.width);
      });
    },
    products: (x, weights, to) => {
      let first = 0;
      for (const weight of weights) {
        const [X, W] = [dataOf(x), hostFloats(weight)];
        const Y = { data: dataOf(to), first, stride: to.width };
        ops.push(() => {
          rowProducts(X, W, rows, x.width, Y);
        });
        first += W.length / x.width;
      }
    },
    gatedProducts: (x, gate, up, to) => {
      const [X, gates, ups] = [dataOf(x), dataOf(to), new Float32Array(rows * to.width)];
      const [gateWeights, upWeights] = [hostFloats(gate), hostFloats(up)];
      ops.push(() => {
        rowProducts(X, gateWeights, rows, x.width, { data: gates, first: 0, stride: to.width });
        rowProducts(X, upWeights, rows, x.width, { data: ups, first: 0, stride: to.width });
        gateRows(gates, ups);
      });
    },
    normalize: (x, weight, epsilon, to, how) => {
      const [X, factors, Y] = [dataOf(x), hostFloats(weight), dataOf(to)];
      ops.push(() => {
        normalizeRows(X, factors, epsilon, Y, how === "add");
      });
    },
    attention: (qkv, { queryWeight, keyWeight, epsilon }, { keys, values }, mixed) => {
      const [QKV, target] = [dataOf(qkv), dataOf(mixed)];
      const caches = { keys: hostFloats(keys), values: hostFloats(values) };
      const rotation = {
        queryWeight: hostFloats(queryWeight),
        keyWeight: hostFloats(keyWeight),
        cosines,
        sines,
        epsilon,
      };
      ops.push(() => {
        rotateIntoCache(QKV, positions, rotation, sizes, caches);
        cachedAttention({ data: QKV, first: 0, stride: qkv.width }, positions, sizes, caches, target);
      });
    },
    run: async (tokens, read) => {
      requireTokens(tokens, sizes);
      for (const [row, { token, position }] of tokens.entries()) {
        ids[row] = token;
        positions[row] = position;
      }
      for (const op of ops) op();
      await turn();
      return Float32Array.from(dataOf(read));
    },
    release: () => undefined,
  };
}
