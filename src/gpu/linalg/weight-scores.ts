import type { ScoreStep } from "../../tensor/reference/weight-scores";
import { Commands } from "../commands";
import type { GpuContext } from "../device";
import { bitMask } from "../kernels/bit-mask";
import { scoreCutoff } from "../kernels/score-cutoff";
import { scoreMask } from "../kernels/score-mask";
import { scoreStep } from "../kernels/score-step";
import { readFloats } from "../readback";

const entriesPerWorkgroup = 4096;

/** Scores of a matrix's weights on the GPU, and the weights that their mask leaves. Nothing is read back in between. */
export class WeightScores {
  /** M∘W, written anew by every step that moves the scores. */
  readonly masked: GPUBuffer;
  readonly #gpu: GpuContext;
  readonly #weights: GPUBuffer;
  readonly #count: number;
  readonly #dropped: number;
  readonly #scores: GPUBuffer;
  readonly #velocity: GPUBuffer;
  readonly #cutoff: GPUBuffer;

  /** Starts at rest unless there is a velocity; the weights stay the caller's and must outlive the scores. */
  constructor(
    gpu: GpuContext,
    weights: GPUBuffer,
    scores: Float32Array<ArrayBuffer>,
    dropped: number,
    velocity?: Float32Array<ArrayBuffer>,
  ) {
    this.#gpu = gpu;
    this.#weights = weights;
    this.#count = scores.length;
    this.#dropped = dropped;
    this.#scores = gpu.buffers.upload("weight scores", scores);
    this.#velocity = velocity
      ? gpu.buffers.upload("velocity of scores", velocity)
      : gpu.buffers.createFloats("velocity of scores", scores.length);
    this.#cutoff = gpu.buffers.create("score cutoff", 8);
    this.masked = gpu.buffers.createFloats("masked weights", scores.length);
    this.#record((commands) => {
      this.#mask(commands);
    });
  }

  /** v ← momentum·v + decay·s + G∘W∘sign(s), s ← s − rate·v. */
  step(gradient: GPUBuffer, { momentum, decay, rate }: ScoreStep): void {
    const buffers = { G: gradient, W: this.#weights, scores: this.#scores, velocity: this.#velocity };
    this.#record((commands) => {
      const bound = this.#gpu.pipeline(scoreStep).bind(buffers);
      commands.dispatch(bound, { count: this.#count, momentum, decay, rate }, [this.#workgroups]);
      if (rate !== 0) this.#mask(commands);
    });
  }

  read(): Promise<Float32Array<ArrayBuffer>> {
    return readFloats(this.#gpu, this.#scores, this.#count);
  }

  readVelocity(): Promise<Float32Array<ArrayBuffer>> {
    return readFloats(this.#gpu, this.#velocity, this.#count);
  }

  destroy(): void {
    this.#gpu.buffers.destroy(this.#scores, this.#velocity, this.#cutoff, this.masked);
  }

  get #workgroups(): number {
    return Math.ceil(this.#count / entriesPerWorkgroup);
  }

  #mask(commands: Commands): void {
    const gpu = this.#gpu;
    const count = this.#count;
    const found = gpu.pipeline(scoreCutoff).bind({ scores: this.#scores, result: this.#cutoff });
    commands.dispatch(found, { count, dropped: this.#dropped }, [1]);
    const buffers = { W: this.#weights, scores: this.#scores, cutoff: this.#cutoff, masked: this.masked };
    commands.dispatch(gpu.pipeline(scoreMask).bind(buffers), { count }, [this.#workgroups]);
  }

  #record(dispatch: (commands: Commands) => void): void {
    const commands = new Commands(this.#gpu);
    dispatch(commands);
    commands.submit();
  }
}

/** A copy of W that keeps entry k where bit k mod 32 of word k div 32 is set; the caller destroys it. */
export function maskByBits(
  gpu: GpuContext,
  weights: GPUBuffer,
  kept: Uint32Array<ArrayBuffer>,
  count: number,
): GPUBuffer {
  const bits = gpu.buffers.upload("kept weights", kept);
  const masked = gpu.buffers.createFloats("masked weights", count);
  const commands = new Commands(gpu);
  const bound = gpu.pipeline(bitMask).bind({ W: weights, bits, masked });
  commands.dispatch(bound, { count }, [Math.ceil(count / entriesPerWorkgroup)]);
  commands.submit();
  gpu.buffers.destroy(bits);
  return masked;
}
