import type { CachedHeads } from "../tensor/reference/decoding-rows";
import type { DeviceTensor } from "./device-tensor";

/** Float32 rows [rows, width] of a program, one row per text. */
export interface Rows {
  readonly width: number;
}

/** What a row stands for in one run. */
export interface RowToken {
  readonly token: number;
  /** Of the token in its text; below the capacity of the caches. */
  readonly position: number;
}

/** Caches [rows, keyValueHeads, capacity, headSize] of one layer, written in place. */
export interface LayerCaches {
  readonly keys: DeviceTensor;
  readonly values: DeviceTensor;
}

export interface AttentionWeights {
  /** Of the norms over all heads of the queries and of the keys. */
  readonly queryWeight: DeviceTensor;
  readonly keyWeight: DeviceTensor;
  readonly epsilon: number;
}

/**
 * One step of decoding for a few texts by the lab's own kernels. onnxruntime's are made for many rows and take a node for
 * every little thing; these read each weight once and take few dispatches. Ops are recorded once, in order, and run token
 * after token. Weights and caches are those of the tensors given, read when the program runs: a new value in them counts
 * at once. They stay the caller's.
 */
export interface RowProgram {
  /** New rows, the program's own. */
  rows(width: number): Rows;
  /** to ← row of the table [vocabulary, to.width] of every token. */
  embed(table: DeviceTensor, to: Rows): void;
  /** to ← x·Wᵀ side by side for weights [outputs, x.width] whose outputs together are to.width. */
  products(x: Rows, weights: readonly DeviceTensor[], to: Rows): void;
  /** to ← silu(x·gateᵀ)∘(x·upᵀ). */
  gatedProducts(x: Rows, gate: DeviceTensor, up: DeviceTensor, to: Rows): void;
  /** to ← x∘weight/√(mean(x²) + ε), or that added to `to`. */
  normalize(x: Rows, weight: DeviceTensor, epsilon: number, to: Rows, how: "set" | "add"): void;
  /**
   * mixed ← attention of queries | keys | values in `qkv`, after norms over all heads and turns by the rotary tables
   * given for the program; keys and values are written to the caches first.
   */
  attention(qkv: Rows, weights: AttentionWeights, caches: LayerCaches, mixed: Rows): void;
  /**
   * Runs all ops for one token per row and reads rows back; messages are let in meanwhile.
   * @throws RangeError for another number of tokens than rows.
   */
  run(tokens: readonly RowToken[], read: Rows): Promise<Float32Array<ArrayBuffer>>;
  release(): void;
}

/** What a program is made for. */
export interface RowProgramSizes extends CachedHeads {
  /** Texts. */
  readonly rows: number;
  /** Rotary tables [capacity, headSize] of every position; sines are negative in the first half. */
  readonly cosines: Float32Array<ArrayBuffer>;
  readonly sines: Float32Array<ArrayBuffer>;
}

/** Programs of a backend. */
export interface RowPrograms {
  /** Up to so many texts a program is faster than a graph of onnxruntime. */
  readonly mostRows: number;
  create(sizes: RowProgramSizes): RowProgram;
}

export function requireTokens(tokens: readonly RowToken[], { rows, capacity }: RowProgramSizes): void {
  if (tokens.length !== rows)
    throw new RangeError(`row program: expected ${rows} tokens, got ${tokens.length}`);
  const wrong = tokens.find(({ position }) => !(position >= 0 && position < capacity));
  if (wrong)
    throw new RangeError(`row program: position ${wrong.position} is not below the capacity ${capacity}`);
}
