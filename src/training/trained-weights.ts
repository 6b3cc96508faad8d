import type { Backend } from "../runtime/backend";
import { hostFloats, type DeviceTensor } from "../runtime/device-tensor";
import type { Feeds, Session } from "../runtime/session";
import { float32, type FloatTensor } from "../tensor/host-tensor";
import { sizeOf, type Shape } from "../tensor/shape";
import type { AdamWSpec } from "./adamw";
import { momentNames, updatedName } from "./training-step";

/** Weights on a device while they are trained, with AdamW's running moments. */
export class TrainedWeights {
  readonly #backend: Backend;
  readonly #shapes: ReadonlyMap<string, Shape>;
  #tensors: Record<string, DeviceTensor> = {};
  #steps = 0;

  /** Starts from these weights with empty moments, or goes on from a snapshot after so many steps. */
  constructor(
    backend: Backend,
    shapes: ReadonlyMap<string, Shape>,
    start: ReadonlyMap<string, FloatTensor>,
    steps?: number,
  ) {
    this.#backend = backend;
    this.#shapes = shapes;
    for (const [name, tensor] of start) this.#set(name, tensor);
    if (steps === undefined) this.clearMoments();
    else this.#steps = steps;
  }

  /** Weights and moments, by graph input name. */
  get feeds(): Feeds {
    return this.#tensors;
  }

  /** Steps since the moments were empty. */
  get steps(): number {
    return this.#steps;
  }

  clearMoments(): void {
    for (const [name, shape] of this.#shapes) {
      for (const moment of momentNames(name))
        this.#set(moment, float32(shape, new Float32Array(sizeOf(shape))));
    }
    this.#steps = 0;
  }

  /**
   * Runs one training step on a batch, whose tensors it releases, and puts the updated weights in place.
   * @param rates learning rates by graph input name.
   * @returns the loss.
   * @throws Error when the loss is not finite.
   */
  async step(
    session: Session,
    names: readonly string[],
    batch: Feeds,
    rates: Readonly<Record<string, number>>,
    { beta1, beta2 }: AdamWSpec,
  ): Promise<number> {
    this.#steps++;
    const scalar = (value: number): DeviceTensor => this.#backend.upload(float32([], [value]));
    const feeds = {
      ...batch,
      ...Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, scalar(rate)])),
      correction1: scalar(1 / (1 - beta1 ** this.#steps)),
      correction2: scalar(1 / (1 - beta2 ** this.#steps)),
    };
    const outputs = await session.run({ ...this.#tensors, ...feeds });
    for (const feed of Object.values(feeds)) feed.release();
    for (const name of names.flatMap((weight) => [weight, ...momentNames(weight)])) {
      const updated = outputs[updatedName(name)];
      if (!updated) throw new Error(`training step: no output for ${name}`);
      this.#tensors[name]?.release();
      this.#tensors[name] = updated;
    }
    const { loss } = outputs;
    const value = loss ? (hostFloats(loss)[0] ?? Number.NaN) : Number.NaN;
    loss?.release();
    if (!Number.isFinite(value))
      throw new Error(`training diverged: the loss became ${value}; lower the learning rate`);
    return value;
  }

  /** A copy of weights and moments, by graph input name. */
  async snapshot(): Promise<Map<string, FloatTensor>> {
    const copies = Object.entries(this.#tensors).map(async ([name, tensor]) => {
      const values = await this.#backend.download(tensor);
      return [name, float32(tensor.shape, values)] as const;
    });
    return new Map(await Promise.all(copies));
  }

  /** Moves all tensors out of the memory of the session that put them out, which may then be released. */
  async detach(): Promise<void> {
    for (const [name, tensor] of await this.snapshot()) this.#set(name, tensor);
  }

  /** Comes before the release of the session that ran last, unless `detach` has. */
  release(): void {
    for (const tensor of Object.values(this.#tensors)) tensor.release();
    this.#tensors = {};
  }

  #set(name: string, tensor: FloatTensor): void {
    this.#tensors[name]?.release();
    this.#tensors[name] = this.#backend.upload(tensor);
  }
}
