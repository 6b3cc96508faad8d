import type { Backend } from "../../runtime/backend";
import { hostFloats, type DeviceTensor } from "../../runtime/device-tensor";
import type { WeightScores } from "../../runtime/linear-algebra";
import type { Session } from "../../runtime/session";
import { float32, int32 } from "../../tensor/host-tensor";
import { RandomStream } from "../../tensor/random";
import { keptBits } from "../../tensor/reference/weight-scores";
import type { Samples } from "../data/types";
import type { Linear, LinearId, SignedGradientGraph, Tapped } from "../model/types";
import type { StageContext } from "../progress";
import { droppedCount, initialScores, type Subnet, type SubnetMask } from "./balanced-subnet";
import { BatchLosses, Schedule, type BatchPart, type LossSums, type SchedulePlace } from "./subnet-schedule";
import type { BalancedSubnetSpec, SubnetPoint, SubnetTraining } from "./types";

/** What a mask is learned from: samples 0 .. forget−1 are to be forgotten, the `retain` after them to be kept. */
export interface ForgetAndRetain {
  readonly model: Tapped;
  readonly samples: Samples;
  readonly forget: number;
  readonly retain: number;
}

/** A mask as far as it is learned: all that its learning goes on from, to the very same end. */
export interface SubnetState {
  /** In the order of the edit's linears. */
  readonly linears: readonly ScoreState[];
  readonly place: SchedulePlace;
  /** Of the batch under way. */
  readonly losses: LossSums;
  readonly curve: readonly SubnetPoint[];
  readonly milliseconds: number;
}

export interface ScoreState {
  readonly linear: LinearId;
  readonly scores: Float32Array<ArrayBuffer>;
  readonly velocity: Float32Array<ArrayBuffer>;
}

interface ScoredLinear {
  readonly linear: Linear;
  readonly dropped: number;
  readonly scores: WeightScores;
}

/**
 * Learns which weights to drop (BalancedSubnet; paper, section 2.1.1): descends Σ sign·CE over shuffled batches of both
 * sets, up for samples to forget and down for those to retain, by gradient descent with momentum on one score per
 * weight. The model's weights are not written to. Stopped, it can go on where it was, to the same end.
 */
export class SubnetLearner {
  readonly #backend: Backend;
  readonly #data: ForgetAndRetain;
  readonly #scored: readonly ScoredLinear[];
  readonly #graph: SignedGradientGraph;
  readonly #schedule: Schedule;
  readonly #curve: SubnetPoint[];
  #losses: BatchLosses;
  #milliseconds: number;

  /**
   * Goes on from a state of the same data and spec, if there is one.
   * @throws RangeError if there is nothing to forget, or a linear is none of the model's.
   */
  constructor(backend: Backend, data: ForgetAndRetain, spec: BalancedSubnetSpec, state?: SubnetState) {
    const { model, forget, retain } = data;
    if (spec.epochs > 0 && forget === 0) throw new RangeError("subnet: there is nothing to forget");
    this.#backend = backend;
    this.#data = data;
    // Equal parts waste the least.
    const parts = Math.ceil(spec.batch / model.tapBatch);
    this.#graph = model.signedGradients(Math.ceil(spec.batch / parts), spec.linears);
    this.#schedule = new Schedule(spec, forget + retain, this.#graph.batch, state?.place);
    this.#losses = new BatchLosses(forget, state?.losses);
    this.#curve = [...(state?.curve ?? [])];
    this.#milliseconds = state?.milliseconds ?? 0;
    this.#scored = startScores(backend, model, spec, state);
  }

  training(): SubnetTraining {
    const { forget, retain } = this.#data;
    return { curve: [...this.#curve], steps: this.#schedule.steps, forget, retain };
  }

  /** What has been learned so far, read back; not while a step is under way. */
  async state(): Promise<SubnetState> {
    const linears: ScoreState[] = [];
    for (const { linear, scores } of this.#scored)
      linears.push({ linear: linear.id, scores: await scores.read(), velocity: await scores.readVelocity() });
    return {
      linears,
      place: this.#schedule.place,
      losses: this.#losses.sums,
      curve: [...this.#curve],
      milliseconds: this.#milliseconds,
    };
  }

  /**
   * Goes on until all epochs are done. `onPart` is awaited after every part of a step.
   * @throws DOMException `AbortError` when the signal fires, Error when the loss is no longer finite.
   */
  async learn(context: StageContext, onStep?: () => void, onPart?: () => Promise<void>): Promise<Subnet> {
    const { signal, onProgress, onStart } = context;
    let began = performance.now();
    const count = (): void => {
      const now = performance.now();
      this.#milliseconds += now - began;
      began = now;
    };
    let session: Session | undefined;
    onStart?.(this.#curve.length);
    try {
      while (!this.#schedule.isDone) {
        signal.throwIfAborted();
        session ??= await this.#backend.compile(this.#graph.graph, placement(this.#graph));
        const part = this.#schedule.part();
        this.#losses.add(part.indices, await this.#run(session, part));
        this.#schedule.advance();
        if (part.isLast) {
          this.#curve.push(this.#losses.point(this.#curve.length + 1));
          this.#losses = new BatchLosses(this.#data.forget);
          onProgress(this.#curve.length, this.#schedule.steps, "steps");
          onStep?.();
        }
        await this.#backend.settled();
        count();
        await onPart?.();
        // Keeping what is learned is no part of learning it.
        began = performance.now();
      }
      signal.throwIfAborted();
      const masks = new Map<LinearId, SubnetMask>();
      for (const { linear, dropped, scores } of this.#scored)
        masks.set(linear.id, { linear, dropped, bits: keptBits(await scores.read(), dropped) });
      count();
      return { masks, training: this.training(), seconds: this.#milliseconds / 1000 };
    } finally {
      count();
      await session?.release();
    }
  }

  release(): void {
    for (const { scores } of this.#scored) scores.release();
  }

  /** Adds the gradients of a part to the velocities; the last part of a batch moves the scores. */
  async #run(session: Session, part: BatchPart): Promise<Float32Array> {
    const { model } = this.#data;
    const feeds = this.#feeds(part.indices);
    const held: DeviceTensor[] = Object.values(feeds);
    const masked = this.#scored.map(({ linear, scores }) => [linear.id, scores.masked] as const);
    try {
      const outputs = await session.run({
        ...Object.fromEntries([...model.parameters, ...masked]),
        ...feeds,
      });
      held.push(...Object.values(outputs));
      const losses = outputs["losses"] && Float32Array.from(hostFloats(outputs["losses"]));
      if (!losses) throw new Error("subnet: the graph gave no losses");
      if (!losses.every(Number.isFinite))
        throw new Error("the loss of the masked model is not finite any more; lower the learning rate");
      for (const [i, { scores }] of this.#scored.entries()) {
        const gradient = outputs[this.#graph.gradients[i]?.name ?? ""];
        if (!gradient) throw new Error("subnet: the graph lacks a gradient");
        scores.step(gradient, part.step);
      }
      return losses;
    } finally {
      for (const tensor of held) tensor.release();
    }
  }

  /** What fills up a part that is not full has the sign 0 and counts for nothing. */
  #feeds(indices: readonly number[]): Readonly<Record<string, DeviceTensor>> {
    const { batch, labelRows, input } = this.#graph;
    const { samples, forget } = this.#data;
    const filled = Array.from({ length: batch }, (_, i) => indices[i] ?? indices[0] ?? 0);
    const signs = filled.map((index, i) => (i >= indices.length ? 0 : index < forget ? -1 : 1));
    return {
      [input]: this.#backend.upload(samples.input(filled)),
      labels: this.#backend.upload(int32([batch * labelRows], samples.labels(filled))),
      signs: this.#backend.upload(float32([batch], signs)),
    };
  }
}

/** Linears are numbered by the model, so that their first scores do not depend on which others are masked. */
function startScores(
  backend: Backend,
  { summary, parameters }: Tapped,
  { linears, drop, seed }: BalancedSubnetSpec,
  state: SubnetState | undefined,
): ScoredLinear[] {
  const scored: ScoredLinear[] = [];
  const start = (id: LinearId): ScoredLinear => {
    const position = summary.linears.findIndex((linear) => linear.id === id);
    const linear = summary.linears[position];
    const weights = parameters.get(id);
    if (!linear || !weights) throw new RangeError(`subnet: ${id} is no linear of this model`);
    const dropped = droppedCount(linear, drop);
    const known = state?.linears.find((one) => one.linear === id);
    const initial = known?.scores ?? initialScores(linear, new RandomStream(seed, position));
    const scores = backend.linearAlgebra.weightScores(weights, initial, dropped, known?.velocity);
    return { linear, dropped, scores };
  };
  try {
    for (const id of linears) scored.push(start(id));
    return scored;
  } catch (error) {
    for (const { scores } of scored) scores.release();
    throw error;
  }
}

/** Losses are read, gradients stay where they are. */
function placement({ gradients }: SignedGradientGraph): Readonly<Record<string, "device" | "host">> {
  return { losses: "host", ...Object.fromEntries(gradients.map(({ name }) => [name, "device"] as const)) };
}
