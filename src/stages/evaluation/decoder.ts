import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { streamKey, uniformAt } from "../../tensor/random";
import type { LanguageModel, LinearId } from "../model/types";
import { orAborted } from "../progress";
import { CachedRun, compileDecoding, type CompiledDecoding } from "./cached-run";
import { chooseToken, requireSampling, type Sampling } from "./sample-token";

export interface Generation {
  readonly prompts: readonly (readonly number[])[];
  /** Tokens to add to every prompt, or fewer where `stop` comes first. */
  readonly maxTokens: number;
  readonly sampling: Sampling;
  /** A text ends before one of these tokens. */
  readonly stop?: readonly number[];
  /** Weights in place of the model's. */
  readonly replaced?: ReadonlyMap<LinearId, DeviceTensor>;
  /** Called with every token as it comes; `prompt` is its place among the prompts. */
  readonly onToken?: (prompt: number, token: number) => void;
  /** Heard between two tokens. */
  readonly signal: AbortSignal;
}

/** Texts that are decoded at once: more than that gains little and takes more memory. */
const largestBatch = 64;
/** Sizes of graphs are multiples of this, so that few are built. */
const step = 16;
/** Tokens of a prompt that are read at once. */
const longestChunk = 128;

function roundedUp(size: number): number {
  return Math.ceil(size / step) * step;
}

interface Sizes {
  readonly batch: number;
  /** Tokens of a prompt that are read at once. */
  readonly chunk: number;
  readonly capacity: number;
}

/** One text of a batch. */
interface Row {
  /** Place among all prompts. */
  readonly index: number;
  readonly prompt: readonly number[];
  readonly tokens: number[];
  done: boolean;
}

/** Continues texts with a cache of keys and values. Its graphs stay compiled until `release`. */
export class Decoder {
  readonly #backend: Backend;
  readonly #model: LanguageModel;
  readonly #compiled = new Map<string, Promise<CompiledDecoding>>();

  constructor(backend: Backend, model: LanguageModel) {
    this.#backend = backend;
    this.#model = model;
  }

  /**
   * The tokens that follow each prompt. Random draws depend on the seed, the place of the prompt and of the token
   * alone, so that a text does not depend on those beside it.
   * @throws RangeError for prompts or settings the model cannot take, the signal's reason when it fires.
   */
  async generate(generation: Generation): Promise<number[][]> {
    const { prompts, maxTokens, sampling } = generation;
    requireSampling(sampling);
    this.#requirePrompts(prompts, maxTokens);
    const rows = prompts.map((prompt, index): Row => ({ index, prompt, tokens: [], done: maxTokens === 0 }));
    const longest = prompts.reduce((length, prompt) => Math.max(length, prompt.length), 0);
    const sizes = {
      batch: Math.min(prompts.length, largestBatch),
      chunk: Math.min(roundedUp(longest), longestChunk),
      capacity: roundedUp(longest + maxTokens),
    };
    for (let start = 0; start < rows.length && maxTokens > 0; start += sizes.batch) {
      await this.#decode(rows.slice(start, start + sizes.batch), sizes, generation);
    }
    return rows.map(({ tokens }) => tokens);
  }

  async release(): Promise<void> {
    const compiled = [...this.#compiled.values()];
    this.#compiled.clear();
    for (const { session } of await Promise.all(compiled)) await session.release();
  }

  #requirePrompts(prompts: Generation["prompts"], maxTokens: number): void {
    const { vocabulary, contextLength } = this.#model.summary;
    if (!Number.isInteger(maxTokens) || maxTokens < 0)
      throw new RangeError(`decoder: maxTokens is ${maxTokens}, expected a whole number from 0`);
    for (const prompt of prompts) {
      if (prompt.length === 0) throw new RangeError("decoder: a prompt has no tokens");
      const wrong = prompt.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabulary);
      if (wrong !== undefined)
        throw new RangeError(`decoder: ${wrong} is no token of the ${vocabulary} the model knows`);
      if (prompt.length + maxTokens > contextLength) {
        throw new RangeError(
          `decoder: a prompt of ${prompt.length} tokens and ${maxTokens} more exceed the ${contextLength} the model was made for`,
        );
      }
    }
  }

  #compile(batch: number, tokens: number, capacity: number): Promise<CompiledDecoding> {
    const key = [batch, tokens, capacity].join();
    const known = this.#compiled.get(key);
    if (known) return known;
    const made = compileDecoding(this.#backend, this.#model, batch, tokens, capacity);
    this.#compiled.set(key, made);
    made.catch(() => this.#compiled.delete(key));
    return made;
  }

  async #decode(
    rows: readonly Row[],
    { batch, chunk, capacity }: Sizes,
    generation: Generation,
  ): Promise<void> {
    const prefill = await this.#compile(batch, chunk, capacity);
    const isMany = batch > this.#backend.rowPrograms.mostRows;
    const next = isMany ? await this.#compile(batch, 1, capacity) : undefined;
    const weights = Object.fromEntries([...this.#model.parameters, ...(generation.replaced ?? [])]);
    const cached = new CachedRun(this.#backend, this.#model, { prefill, next, weights });
    const turn = async (): Promise<void> => {
      await orAborted(this.#backend.settled(), generation.signal);
    };
    try {
      const longest = Math.max(...rows.map(({ prompt }) => prompt.length));
      for (let start = 0; start < longest; start += chunk) {
        await turn();
        const texts = rows.map(({ prompt }) => ({
          ids: prompt.slice(start, start + chunk),
          start,
          read: prompt.length - 1,
        }));
        const logits = await cached.prefill(texts);
        const endsHere = ({ prompt }: Row): boolean =>
          prompt.length > start && prompt.length <= start + chunk;
        this.#choose(rows, endsHere, logits, generation);
      }
      while (rows.some(({ done }) => !done)) {
        // The lab's own kernels let messages in by themselves.
        if (next) await turn();
        generation.signal.throwIfAborted();
        // A text that has ended goes on with its last token: nothing reads what comes of it.
        const texts = rows.map(({ prompt, tokens }) => ({
          token: tokens.at(-1) ?? 0,
          position: prompt.length + tokens.length - 1,
        }));
        const logits = await cached.next(texts);
        this.#choose(rows, () => true, logits, generation);
      }
    } finally {
      cached.release();
    }
  }

  /** Adds a token to the rows that go on and whose logits [batch, vocabulary] these are. */
  #choose(
    rows: readonly Row[],
    isRead: (row: Row) => boolean,
    logits: Float32Array,
    { sampling, stop = [], maxTokens, onToken }: Generation,
  ): void {
    const { vocabulary } = this.#model.summary;
    const seed = sampling.kind === "random" ? sampling.seed : 0;
    for (const [i, row] of rows.entries()) {
      if (row.done || !isRead(row)) continue;
      const uniform = uniformAt(streamKey(seed, row.index), row.tokens.length);
      const token = chooseToken(logits.subarray(i * vocabulary, (i + 1) * vocabulary), sampling, uniform);
      if (stop.includes(token)) {
        row.done = true;
        continue;
      }
      row.tokens.push(token);
      row.done = row.tokens.length === maxTokens;
      onToken?.(row.index, token);
    }
  }
}
