import { GraphBuilder } from "../graph/builder";
import type { Graph, Value } from "../graph/types";
import { crossEntropy, oneHot } from "../stages/model/cross-entropy";
import { addVit } from "../stages/model/vit";
import type { VitConfig } from "../stages/model/vit-config";
import type { AdamWSpec } from "./adamw";
import type { TrainingPhase } from "./recipe";
import { addTrainingStep, type WeightTreatment } from "./training-step";

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

function decayOf({ name, shape }: Value, { decay }: TrainingPhase): number {
  const isEmbedding = name.endsWith("cls_token") || name.endsWith("position_embeddings");
  if (shape.length < 2 || isEmbedding) return 0;
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
  const loss = b.scale(crossEntropy(b, vit.logits, indicator), 1 / batch);
  const names = trainableNames(vit.parameters.keys(), phase);
  const weights = names.map((name) => vit.parameters.get(name)).filter((value) => value !== undefined);
  const treatment = (weight: Value): WeightTreatment => ({ weightDecay: decayOf(weight, phase) });
  const outputs = addTrainingStep(b, loss, weights, treatment, optimizer);
  return b.build("vit_training_step", outputs);
}
