import type { GraphBuilder } from "../graph/builder";
import type { Value } from "../graph/types";

/** Constants of AdamW with decoupled weight decay (Loshchilov and Hutter) and global-norm clipping. */
export interface AdamWSpec {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Largest global norm of all gradients together. */
  readonly clip: number;
}

/** One weight with its gradient and the running moments of that gradient, all of one shape. */
export interface Trained {
  readonly name: string;
  readonly weight: Value;
  readonly gradient: Value;
  readonly firstMoment: Value;
  readonly secondMoment: Value;
  readonly learningRate: Value;
  /** Decay per unit of learning rate. */
  readonly weightDecay: number;
}

/** Scalars that change from step to step. */
export interface StepScalars {
  /** 1 / (1 − β₁ᵗ) and 1 / (1 − β₂ᵗ) of step t = 1, 2, … */
  readonly correction1: Value;
  readonly correction2: Value;
}

export interface Updated {
  readonly weight: Value;
  readonly firstMoment: Value;
  readonly secondMoment: Value;
}

/** √Σ‖g‖² over all gradients; a scalar. */
export function globalNorm(b: GraphBuilder, gradients: readonly Value[]): Value {
  const squares = gradients.map((g) => b.sum(b.mul(g, g)));
  const [first, ...rest] = squares;
  if (!first) throw new Error("globalNorm: expected at least one gradient");
  return b.sqrt(rest.reduce((sum, square) => b.add(sum, square), first));
}

/**
 * Adds one AdamW step to a graph: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − η(m̂/(√v̂ + ε) + δw), after all
 * gradients are scaled by min(1, clip/‖g‖).
 */
export function addAdamW(
  b: GraphBuilder,
  trained: readonly Trained[],
  scalars: StepScalars,
  { beta1, beta2, epsilon, clip }: AdamWSpec,
): ReadonlyMap<string, Updated> {
  const norm = globalNorm(
    b,
    trained.map(({ gradient }) => gradient),
  );
  const factor = b.min(b.scalar(1), b.div(b.scalar(clip), b.add(norm, b.scalar(1e-6))));
  const blend = (old: Value, fresh: Value, beta: number): Value =>
    b.add(b.scale(old, beta), b.scale(fresh, 1 - beta));

  return new Map(
    trained.map((one): [string, Updated] => {
      const g = b.mul(one.gradient, factor);
      const firstMoment = blend(one.firstMoment, g, beta1);
      const secondMoment = blend(one.secondMoment, b.mul(g, g), beta2);
      const deviation = b.add(b.sqrt(b.mul(secondMoment, scalars.correction2)), b.scalar(epsilon));
      const direction = b.div(b.mul(firstMoment, scalars.correction1), deviation);
      const change =
        one.weightDecay === 0 ? direction : b.add(direction, b.scale(one.weight, one.weightDecay));
      const weight = b.sub(one.weight, b.mul(change, one.learningRate));
      return [one.name, { weight, firstMoment, secondMoment }];
    }),
  );
}
