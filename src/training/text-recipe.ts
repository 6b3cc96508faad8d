import type { CorpusSpec } from "../stages/data/types";
import type { Olmo2Config } from "../stages/model/olmo2-config";
import type { AdamWSpec } from "./adamw";

/** Everything that decides a trained language model: same recipe, same weights on the same backend. */
export interface TextTrainingRecipe {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly seed: number;
  readonly data: CorpusSpec;
  readonly model: Olmo2Config;
  /** Windows per step. */
  readonly batch: number;
  /** Positions per window; each has a loss. The stream of text is cut so that no target is left out. */
  readonly length: number;
  readonly optimizer: AdamWSpec;
  readonly learningRate: number;
  readonly warmupSteps: number;
  /** The rate falls along half a cosine to this share of itself. */
  readonly finalShare: number;
  /** Decay of all matrices; norms are not decayed. */
  readonly weightDecay: number;
  /** Steps between evaluations, at which the run can be taken up again. */
  readonly evaluateEvery: number;
}

/** Learning rate of a step, counted from 0, of `total`. */
export function textLearningRate(recipe: TextTrainingRecipe, step: number, total: number): number {
  const { learningRate, warmupSteps, finalShare } = recipe;
  const warmup = Math.min(1, (step + 1) / Math.max(1, warmupSteps));
  const cosine = 0.5 * (1 + Math.cos((Math.PI * step) / total));
  return learningRate * warmup * (finalShare + (1 - finalShare) * cosine);
}
