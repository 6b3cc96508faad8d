import type { ShapesSpec } from "../stages/data/types";
import type { VitConfig } from "../stages/model/vit-config";
import type { AdamWSpec } from "./adamw";

/** Learning rate over one phase, as a share of its base rate. */
export type Schedule =
  | { readonly kind: "constant" }
  /** From `from` to `to` over the phase's epochs. */
  | { readonly kind: "linear"; readonly from: number; readonly to: number }
  /** Half a cosine over `total` epochs, entered `offset` epochs in. */
  | { readonly kind: "cosine"; readonly offset: number; readonly total: number };

/** A stretch of training with one set of trainable weights and one schedule. */
export interface TrainingPhase {
  readonly name: string;
  /** Ends after so many epochs at the latest. */
  readonly epochs: number;
  /** Ends after the epoch in which this share of the noised labels is predicted. */
  readonly untilMemorized: number | undefined;
  readonly learningRate: number;
  /** Steps over which the rate rises from 0 at the start of the phase. */
  readonly warmupSteps: number;
  readonly schedule: Schedule;
  /** `mlp`: only fc1 and fc2 are trained. */
  readonly trainable: "all" | "mlp";
  /** Mirror images at random, left to right. */
  readonly flips: boolean;
  /** Start with empty moments. */
  readonly resetOptimizer: boolean;
  /** Decoupled decay of matrices; biases, norms, class token and positions are not decayed. */
  readonly decay: { readonly mlp: number; readonly attention: number; readonly other: number };
}

/** Everything that decides a trained checkpoint: same recipe, same weights on the same backend. */
export interface TrainingRecipe {
  readonly name: string;
  readonly title: string;
  readonly procedure: "plain" | "staged" | "clean";
  readonly description: string;
  readonly seed: number;
  readonly batch: number;
  readonly data: ShapesSpec;
  readonly model: VitConfig;
  readonly optimizer: AdamWSpec;
  readonly phases: readonly TrainingPhase[];
}

/** Learning rate of a step of a phase; steps and epochs count from 0. */
export function learningRate(phase: TrainingPhase, step: number, stepsPerEpoch: number): number {
  const warmup = Math.min(1, (step + 1) / Math.max(1, phase.warmupSteps));
  const epoch = step / stepsPerEpoch;
  const { schedule } = phase;
  switch (schedule.kind) {
    case "constant":
      return phase.learningRate * warmup;
    case "linear": {
      const share = Math.min(1, epoch / phase.epochs);
      return phase.learningRate * warmup * (schedule.from + (schedule.to - schedule.from) * share);
    }
    case "cosine": {
      const angle = (Math.PI * (schedule.offset + epoch)) / schedule.total;
      return phase.learningRate * warmup * 0.5 * (1 + Math.cos(Math.min(Math.PI, angle)));
    }
  }
}
