import type { CorpusSpec } from "../stages/data/types";
import type { Olmo2Config } from "../stages/model/olmo2-config";
import type { AdamWSpec } from "./adamw";

/**
 * A lower rate, from some step on, for all weights of some layers: what is learned late, as passages are that need many
 * repeats, then goes mostly into the others.
 */
export interface Slowdown {
  readonly layers: readonly number[];
  /** Shares of the run between which the rate falls, in a straight line. */
  readonly from: number;
  readonly to: number;
  /** What is left of the rate after that. */
  readonly share: number;
}

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
  /** If given, some layers learn slower once the model has learned to write. */
  readonly slowdown?: Slowdown;
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

/** What a slowdown leaves of the rate at a step, counted from 0, of `total`. */
export function slowedShare({ from, to, share }: Slowdown, step: number, total: number): number {
  const way = Math.min(1, Math.max(0, (step / total - from) / (to - from)));
  return 1 - (1 - share) * way;
}

/** Input of the training step that holds the rate of slowed weights. */
export const slowedRate = "slowed_rate";

/** Learning rates of a step, counted from 0, of `total`, by input of the training step. */
export function textLearningRates(
  recipe: TextTrainingRecipe,
  step: number,
  total: number,
): Readonly<Record<string, number>> {
  const rate = textLearningRate(recipe, step, total);
  if (!recipe.slowdown) return { learning_rate: rate };
  return { learning_rate: rate, [slowedRate]: rate * slowedShare(recipe.slowdown, step, total) };
}
