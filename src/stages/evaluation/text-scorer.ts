import type { Backend } from "../../runtime/backend";
import type { DeviceTensor } from "../../runtime/device-tensor";
import type { Feeds, Session } from "../../runtime/session";
import type { RowScores } from "../../tensor/reference/row-scores";
import { int64 } from "../../tensor/host-tensor";
import type { LanguageModel, LinearId } from "../model/types";
import { evenBatch } from "../even-batch";
import { orAborted, type StageContext } from "../progress";

/** Texts as token ids; every token but the first is predicted from those before it. */
type Texts = readonly (readonly number[])[];

/** Positions per run, and elements of their logits: enough to keep a device busy and still hear a cancel. */
const runPositions = 1280;
const runLogits = 2 ** 24;
/** Lengths of graphs are multiples of this, so that few are built. */
const step = 16;

/**
 * Predictions of all texts, position by position: at position t of a text stands the prediction of its token t + 1. Of
 * texts of which only the end is wanted, these are its positions.
 */
export interface TextScores {
  /** First position of each text, and after the last their number. */
  readonly starts: Uint32Array;
  /** Log-probability of each next token, in nats. */
  readonly logProbabilities: Float32Array;
  /** The most likely next tokens of each position, most likely first. */
  readonly top: Uint32Array;
  /** 1 where the most likely next token is the one that follows. */
  readonly right: Uint8Array;
}

/**
 * Whether the last `tokens` of a text are all most likely, given the text before them: exactly then they are what
 * greedy decoding gives, since it too reads the right tokens up to the first wrong one.
 */
export function endIsRight({ starts, right }: TextScores, text: number, tokens: number): boolean {
  const [start = 0, end = 0] = starts.subarray(text, text + 2);
  if (!(Number.isInteger(tokens) && tokens >= 1 && tokens <= end - start)) {
    throw new RangeError(`endIsRight: expected 1 to ${end - start} tokens of text ${text}, got ${tokens}`);
  }
  return right.subarray(end - tokens, end).every((one) => one === 1);
}

/** Graph of texts of one length. */
interface Reading {
  readonly session: Session;
  /** Texts of a run, and positions of each. */
  readonly size: number;
  readonly length: number;
  /** Positions with logits: the last of each text. */
  readonly read: number;
}

/** Texts that go through a graph together. */
interface Batch {
  readonly reading: Reading;
  /** Places among all texts. */
  readonly texts: readonly number[];
  /** [batch·length, 1]; shorter texts are filled up behind their end, which no position before it sees. */
  readonly input: DeviceTensor;
  /** The token that follows each read position; 0 behind the end. */
  readonly labels: Uint32Array<ArrayBuffer>;
}

/** Texts kept on the device and forward graphs: scores them again and again under different weights. */
export class TextScorer {
  readonly #backend: Backend;
  readonly #model: LanguageModel;
  readonly #texts: Texts;
  /** Predictions wanted of each text, the last ones. */
  readonly #wanted: readonly number[];
  readonly #ranks: number;
  readonly #starts: Uint32Array;
  readonly #sessions: Session[] = [];
  readonly #batches: Batch[] = [];

  private constructor(
    backend: Backend,
    model: LanguageModel,
    texts: Texts,
    wanted: readonly number[],
    ranks: number,
  ) {
    this.#backend = backend;
    this.#model = model;
    this.#texts = texts;
    this.#wanted = wanted;
    this.#ranks = ranks;
    let positions = 0;
    this.#starts = Uint32Array.of(0, ...wanted.map((count) => (positions += count)));
  }

  /**
   * Prepares texts of 2 tokens and more; `ranks` is how many next tokens are ranked at each position. `ends` names texts
   * of which only so many predictions at the end are wanted: what is before them is read, but not scored.
   * @throws RangeError for texts the model cannot read.
   */
  static async create(
    backend: Backend,
    model: LanguageModel,
    texts: Texts,
    ranks: number,
    ends: readonly (number | undefined)[] = [],
  ): Promise<TextScorer> {
    const { vocabulary, contextLength } = model.summary;
    if (!(Number.isInteger(ranks) && ranks >= 1 && ranks <= vocabulary))
      throw new RangeError(`scorer: expected 1 to ${vocabulary} ranks, got ${ranks}`);
    for (const text of texts) {
      if (!(text.length >= 2 && text.length - 1 <= contextLength))
        throw new RangeError(
          `scorer: expected texts of 2 to ${contextLength + 1} tokens, got ${text.length}`,
        );
      const wrong = text.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabulary);
      if (wrong !== undefined)
        throw new RangeError(`scorer: ${wrong} is no token of the ${vocabulary} the model knows`);
    }
    const wanted = texts.map(({ length }, i) => ends[i] ?? length - 1);
    for (const [i, count] of wanted.entries()) {
      const most = (texts[i]?.length ?? 0) - 1;
      if (!(Number.isInteger(count) && count >= 1 && count <= most))
        throw new RangeError(`scorer: expected 1 to ${most} predictions of text ${i}, got ${count}`);
    }
    const scorer = new TextScorer(backend, model, texts, wanted, ranks);
    try {
      await scorer.#prepare();
    } catch (error) {
      await scorer.release();
      throw error;
    }
    return scorer;
  }

  async #prepare(): Promise<void> {
    const { contextLength, vocabulary } = this.#model.summary;
    const byLength = new Map<number, number[]>();
    for (const [place, { length: tokens }] of this.#texts.entries()) {
      const length = Math.min(contextLength, Math.ceil((tokens - 1) / step) * step);
      const places = byLength.get(length);
      if (places) places.push(place);
      else byLength.set(length, [place]);
    }
    for (const [length, places] of byLength) {
      const positions = Math.min(runPositions, runLogits / vocabulary);
      const size = evenBatch(places.length, Math.floor(positions / length));
      const read = Math.max(...places.map((place) => length - this.#firstWanted(place)));
      const session = await this.#backend.compile(this.#model.forward(size, length, read), "device");
      this.#sessions.push(session);
      const reading = { session, size, length, read };
      for (let start = 0; start < places.length; start += size) {
        this.#batches.push(this.#batch(reading, places.slice(start, start + size)));
      }
    }
  }

  /** First position of a text whose prediction is wanted. */
  #firstWanted(place: number): number {
    return (this.#texts[place]?.length ?? 0) - 1 - (this.#wanted[place] ?? 0);
  }

  #batch(reading: Reading, texts: readonly number[]): Batch {
    const { size, length, read } = reading;
    const ids = new Array<number>(size * length).fill(0);
    const labels = new Uint32Array(texts.length * read);
    for (const [row, place] of texts.entries()) {
      const text = this.#texts[place] ?? [];
      for (let t = 0; t + 1 < text.length; t++) {
        ids[row * length + t] = text[t] ?? 0;
        const at = t - (length - read);
        if (at >= 0) labels[row * read + at] = text[t + 1] ?? 0;
      }
    }
    const input = this.#backend.upload(int64([size * length, 1], ids));
    return { reading, texts, input, labels };
  }

  /** Scores with some weights replaced; the model itself is not touched. */
  async score(replaced: ReadonlyMap<LinearId, DeviceTensor>, context: StageContext): Promise<TextScores> {
    const positions = this.#starts.at(-1) ?? 0;
    const scores = {
      starts: this.#starts,
      logProbabilities: new Float32Array(positions),
      top: new Uint32Array(positions * this.#ranks),
      right: new Uint8Array(positions),
    };
    const weights = Object.fromEntries([...this.#model.parameters, ...replaced]);
    let done = 0;
    for (const batch of this.#batches) {
      context.signal.throwIfAborted();
      // Not left at an abort: the run reads buffers that others release.
      this.#take(batch, await this.#run(batch, weights), scores);
      done += batch.texts.length;
      context.onProgress(done, this.#texts.length, "texts");
      await orAborted(this.#backend.settled(), context.signal);
    }
    return scores;
  }

  async #run({ reading, input, labels }: Batch, weights: Feeds): Promise<RowScores> {
    const { logits } = await reading.session.run({ ...weights, input_ids: input });
    if (!logits) throw new Error("evaluation: the graph gave no logits");
    try {
      return await this.#backend.linearAlgebra.rowScores(logits, labels, this.#ranks);
    } finally {
      logits.release();
    }
  }

  /** Copies what was scored to the positions of the batch's texts. */
  #take(
    { reading: { length, read }, texts, labels }: Batch,
    { logProbabilities, top }: RowScores,
    into: Omit<TextScores, "starts">,
  ): void {
    const ranks = this.#ranks;
    for (const [row, place] of texts.entries()) {
      const [first = 0, end = 0] = this.#starts.subarray(place, place + 2);
      const from = row * read + this.#firstWanted(place) - (length - read);
      const to = from + end - first;
      if (!logProbabilities.subarray(from, to).every(Number.isFinite))
        throw new Error("evaluation: the model's logits are not finite");
      into.logProbabilities.set(logProbabilities.subarray(from, to), first);
      into.top.set(top.subarray(from * ranks, to * ranks), first * ranks);
      for (let t = from; t < to; t++) into.right[first + t - from] = top[t * ranks] === labels[t] ? 1 : 0;
    }
  }

  async release(): Promise<void> {
    for (const { input } of this.#batches.splice(0)) input.release();
    for (const session of this.#sessions.splice(0)) await session.release();
  }
}
