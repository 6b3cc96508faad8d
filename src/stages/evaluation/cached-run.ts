import type { Backend } from "../../runtime/backend";
import { hostFloats, type DeviceTensor } from "../../runtime/device-tensor";
import type { Feeds, Session } from "../../runtime/session";
import { float32, int64 } from "../../tensor/host-tensor";
import { sizeOf } from "../../tensor/shape";
import type { DecodingGraph } from "../model/types";

export interface CompiledDecoding {
  readonly decoding: DecodingGraph;
  readonly session: Session;
}

/** The next tokens of one text of a batch. */
export interface NextTokens {
  readonly ids: readonly number[];
  /** Position of the first of them. */
  readonly start: number;
  /** Position whose logits are wanted. */
  readonly read: number;
}

/** The caches of one batch on the device, through run after run. */
export class CachedRun {
  readonly #backend: Backend;
  readonly #weights: Feeds;
  #caches: Readonly<Record<string, DeviceTensor>>;

  constructor(backend: Backend, { caches, cacheShape }: DecodingGraph, weights: Feeds) {
    this.#backend = backend;
    this.#weights = weights;
    // Caches begin empty and are never written in place: one tensor of zeros stands for all of them.
    const zeros = backend.upload(float32(cacheShape, new Float32Array(sizeOf(cacheShape))));
    this.#caches = Object.fromEntries(caches.map(({ input }) => [input, zeros] as const));
  }

  /** Reads tokens into the caches; logits [batch, vocabulary] in the order of the texts. */
  async run({ decoding, session }: CompiledDecoding, texts: readonly NextTokens[]): Promise<Float32Array> {
    const fed = this.#uploaded(decoding, texts);
    try {
      const outputs = await session.run({ ...this.#weights, ...this.#caches, ...fed });
      const { logits } = outputs;
      if (!logits) throw new Error("decoding: the graph gave no logits");
      this.release();
      this.#caches = Object.fromEntries(
        decoding.caches.map(({ input, output }) => {
          const cache = outputs[output];
          if (!cache) throw new Error(`decoding: the graph gave no ${output}`);
          return [input, cache] as const;
        }),
      );
      const values = Float32Array.from(hostFloats(logits));
      logits.release();
      return values;
    } finally {
      for (const tensor of Object.values(fed)) tensor.release();
    }
  }

  /** Texts that a batch has too few of, and tokens that a text has too few of, are token 0: nothing reads them. */
  #uploaded(
    { batch, tokens }: DecodingGraph,
    texts: readonly NextTokens[],
  ): Readonly<Record<string, DeviceTensor>> {
    const ids = new Array<number>(batch * tokens).fill(0);
    const positions = new Float32Array(batch * tokens);
    const read = new Float32Array(batch);
    for (let row = 0; row < batch; row++) {
      const text = texts[row];
      read[row] = text?.read ?? 0;
      for (let t = 0; t < tokens; t++) {
        ids[row * tokens + t] = text?.ids[t] ?? 0;
        positions[row * tokens + t] = (text?.start ?? 0) + t;
      }
    }
    return {
      input_ids: this.#backend.upload(int64([batch * tokens, 1], ids)),
      positions: this.#backend.upload(float32([batch, tokens], positions)),
      read: this.#backend.upload(float32([batch, 1], read)),
    };
  }

  release(): void {
    for (const cache of new Set(Object.values(this.#caches))) cache.release();
    this.#caches = {};
  }
}
