import type { Backend } from "../../runtime/backend";
import { hostFloats, type DeviceTensor } from "../../runtime/device-tensor";
import type { RowToken } from "../../runtime/row-program";
import type { Feeds, Session } from "../../runtime/session";
import { float32, int64 } from "../../tensor/host-tensor";
import { sizeOf } from "../../tensor/shape";
import type { DecodingGraph, DecodingStep, LanguageModel } from "../model/types";

export interface CompiledDecoding {
  readonly decoding: DecodingGraph;
  readonly session: Session;
}

/** Caches stay on the device; logits are read back. */
export async function compileDecoding(
  backend: Backend,
  model: LanguageModel,
  batch: number,
  tokens: number,
  capacity: number,
): Promise<CompiledDecoding> {
  const decoding = model.decoding(batch, tokens, capacity);
  const placement = Object.fromEntries(decoding.caches.map(({ output }) => [output, "device"] as const));
  return { decoding, session: await backend.compile(decoding.graph, { ...placement, logits: "host" }) };
}

/** The next tokens of one text of a batch. */
export interface NextTokens {
  readonly ids: readonly number[];
  /** Position of the first of them. */
  readonly start: number;
  /** Position whose logits are wanted. */
  readonly read: number;
}

export interface CachedRunParts {
  readonly prefill: CompiledDecoding;
  /** Graph of one token per text; without it the lab's own kernels read that token. */
  readonly next: CompiledDecoding | undefined;
  readonly weights: Feeds;
}

/** The caches of one batch on the device, through run after run. */
export class CachedRun {
  readonly #backend: Backend;
  readonly #model: LanguageModel;
  readonly #parts: CachedRunParts;
  #caches: Readonly<Record<string, DeviceTensor>>;
  /** On the caches as they are now. */
  #step: DecodingStep | undefined;

  constructor(backend: Backend, model: LanguageModel, parts: CachedRunParts) {
    this.#backend = backend;
    this.#model = model;
    this.#parts = parts;
    const { caches, cacheShape } = parts.prefill.decoding;
    // Caches begin empty, and no graph writes them in place: one tensor of zeros stands for all of them.
    const zeros = backend.upload(float32(cacheShape, new Float32Array(sizeOf(cacheShape))));
    this.#caches = Object.fromEntries(caches.map(({ input }) => [input, zeros] as const));
  }

  /** Reads tokens of prompts into the caches; logits [batch, vocabulary] in the order of the texts. */
  prefill(texts: readonly NextTokens[]): Promise<Float32Array> {
    return this.#run(this.#parts.prefill, texts);
  }

  /** Reads one more token of each text, after `prefill`; logits [batch, vocabulary]. */
  next(texts: readonly RowToken[]): Promise<Float32Array> {
    const { prefill, next } = this.#parts;
    if (next) {
      const tokens = texts.map(({ token, position }) => ({ ids: [token], start: position, read: position }));
      return this.#run(next, tokens);
    }
    const { batch } = prefill.decoding;
    this.#step ??= this.#recorded(prefill.decoding);
    const unused = { token: 0, position: 0 };
    return this.#step.run(Array.from({ length: batch }, (_, row) => texts[row] ?? unused));
  }

  #recorded({ batch, cacheShape: [, , capacity = 0] }: DecodingGraph): DecodingStep {
    return this.#model.recordStep(this.#backend.rowPrograms, batch, capacity, (name) => {
      const tensor = this.#caches[name] ?? this.#parts.weights[name];
      if (!tensor) throw new Error(`decoding: there is no ${name}`);
      return tensor;
    });
  }

  async #run({ decoding, session }: CompiledDecoding, texts: readonly NextTokens[]): Promise<Float32Array> {
    const fed = this.#uploaded(decoding, texts);
    try {
      const outputs = await session.run({ ...this.#parts.weights, ...this.#caches, ...fed });
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
    this.#step?.release();
    this.#step = undefined;
    for (const cache of new Set(Object.values(this.#caches))) cache.release();
    this.#caches = {};
  }
}
