import { GraphBuilder } from "../graph/builder";
import { gradient } from "../graph/gradient";
import type { Graph, Value } from "../graph/types";
import { crossEntropy, oneHot } from "../stages/model/cross-entropy";
import { addVit } from "../stages/model/vit";
import type { VitConfig } from "../stages/model/vit-config";
import { addAdamW, type AdamWSpec } from "./adamw";
import type { TrainingPhase } from "./recipe";

const firstMomentPrefix = "first_moment.";
const secondMomentPrefix = "second_moment.";
const updatedPrefix = "updated.";

/** Name of the graph input that holds a weight's running moment; the output's name has `updated.` before it. */
export function momentNames(weight: string): readonly [string, string] {
  return [firstMomentPrefix + weight, secondMomentPrefix + weight];
}

export function updatedName(input: string): string {
  return updatedPrefix + input;
}

export function isMlpWeight(name: string): boolean {
  return /\.(intermediate|layer\.\d+\.output)\.dense\./.test(name);
}

function isAttentionWeight(name: string): boolean {
  return name.includes(".attention.");
}

/** Weights that a phase trains, in the model's order. */
export function trainableNames(names: Iterable<string>, phase: TrainingPhase): string[] {
  return [...names].filter((name) => phase.trainable === "all" || isMlpWeight(name));
}

function weightDecay(name: string, value: Value, { decay }: TrainingPhase): number {
  const isEmbedding = name.endsWith("cls_token") || name.endsWith("position_embeddings");
  if (value.shape.length < 2 || isEmbedding) return 0;
  if (isMlpWeight(name)) return decay.mlp;
  return isAttentionWeight(name) ? decay.attention : decay.other;
}

/**
 * One training step as a graph. Inputs: pixel_values, labels (int32 [batch]), the weights, moments of the trained ones,
 * learning_rate, correction1, correction2 (scalars). Outputs: `loss` (mean over the batch), `updated.*` weights and
 * moments. The loss is the mean, so that the clipping threshold does not depend on the batch.
 */
export function buildVitStep(
  config: VitConfig,
  batch: number,
  phase: TrainingPhase,
  optimizer: AdamWSpec,
): Graph {
  const b = new GraphBuilder();
  const vit = addVit(b, config, batch);
  const labels = b.input("labels", [batch], "int32");
  const indicator = oneHot(b, labels, config.classNames.length);
  const loss = b.scale(crossEntropy(b, vit.logits, indicator).loss, 1 / batch);
  const scalars = {
    learningRate: b.input("learning_rate", []),
    correction1: b.input("correction1", []),
    correction2: b.input("correction2", []),
  };
  const names = trainableNames(vit.parameters.keys(), phase);
  const weights = names.map((name) => vit.parameters.get(name)).filter((value) => value !== undefined);
  const gradients = gradient(b, loss, weights);
  const trained = weights.map((weight, i) => {
    const [first, second] = momentNames(weight.name);
    return {
      name: weight.name,
      weight,
      gradient: gradients[i] ?? weight,
      firstMoment: b.input(first, weight.shape),
      secondMoment: b.input(second, weight.shape),
      weightDecay: weightDecay(weight.name, weight, phase),
    };
  });
  const outputs: Record<string, Value> = { loss };
  for (const [name, updated] of addAdamW(b, trained, scalars, optimizer)) {
    const [first, second] = momentNames(name);
    outputs[updatedName(name)] = updated.weight;
    outputs[updatedName(first)] = updated.firstMoment;
    outputs[updatedName(second)] = updated.secondMoment;
  }
  return b.build("vit_training_step", outputs);
}
