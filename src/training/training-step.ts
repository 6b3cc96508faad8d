import type { GraphBuilder } from "../graph/builder";
import { gradient } from "../graph/gradient";
import type { Graph, Value } from "../graph/types";
import type { OutputPlacement } from "../runtime/backend";
import { addAdamW, type AdamWSpec } from "./adamw";

const firstMomentPrefix = "first_moment.";
const secondMomentPrefix = "second_moment.";
const updatedPrefix = "updated.";

/** Name of the graph input that holds a weight's running moment; the output's name has `updated.` before it. */
export function momentNames(weight: string): readonly [string, string] {
  return [firstMomentPrefix + weight, secondMomentPrefix + weight];
}

/** How a training step treats one weight. */
export interface WeightTreatment {
  /** Decay per unit of learning rate. */
  readonly weightDecay: number;
  /** Graph input that holds its learning rate; `learning_rate` unless said otherwise. */
  readonly learningRate?: string;
}

export function updatedName(input: string): string {
  return updatedPrefix + input;
}

/** Where the outputs of a training step belong: the loss is read, what is trained stays where the next step needs it. */
export function stepPlacement(graph: Graph): Record<string, OutputPlacement> {
  return Object.fromEntries(
    graph.outputs.map(({ name }) => [name, name === "loss" ? "host" : "device"] as const),
  );
}

/**
 * Gradients of a loss and one AdamW step on these weights. Adds the learning rates that
 * the weights are treated with, correction1, correction2 (scalars) and the moments; returns the outputs `loss` and `updated.*` of weights and moments.
 */
export function addTrainingStep(
  b: GraphBuilder,
  loss: Value,
  weights: readonly Value[],
  treatment: (weight: Value) => WeightTreatment,
  optimizer: AdamWSpec,
): Record<string, Value> {
  const scalars = {
    correction1: b.input("correction1", []),
    correction2: b.input("correction2", []),
  };
  const rates = new Map<string, Value>();
  const rate = (name: string): Value => {
    const known = rates.get(name) ?? b.input(name, []);
    rates.set(name, known);
    return known;
  };
  const gradients = gradient(b, loss, weights);
  const trained = weights.map((weight, i) => {
    const [first, second] = momentNames(weight.name);
    const { weightDecay, learningRate = "learning_rate" } = treatment(weight);
    return {
      name: weight.name,
      weight,
      gradient: gradients[i] ?? weight,
      firstMoment: b.input(first, weight.shape),
      secondMoment: b.input(second, weight.shape),
      learningRate: rate(learningRate),
      weightDecay,
    };
  });
  const outputs: Record<string, Value> = { loss };
  for (const [name, updated] of addAdamW(b, trained, scalars, optimizer)) {
    const [first, second] = momentNames(name);
    outputs[updatedName(name)] = updated.weight;
    outputs[updatedName(first)] = updated.firstMoment;
    outputs[updatedName(second)] = updated.secondMoment;
  }
  return outputs;
}
