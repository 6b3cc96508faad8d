import { GraphBuilder } from "../graph/builder";
import type { Graph } from "../graph/types";
import { crossEntropy, oneHot } from "../stages/model/cross-entropy";
import { addOlmo2 } from "../stages/model/olmo2";
import type { TextTrainingRecipe } from "./text-recipe";
import { addTrainingStep } from "./training-step";

/**
 * One training step of a language model as a graph. Inputs: input_ids (int64 [batch·length, 1]), labels (int32
 * [batch·length], the next tokens), weights, moments, learning_rate, correction1, correction2. Outputs: `loss` (mean
 * over all positions) and `updated.*`.
 */
export function buildOlmoStep({ model, batch, length, weightDecay, optimizer }: TextTrainingRecipe): Graph {
  const b = new GraphBuilder();
  const { logits, parameters } = addOlmo2(b, model, batch, length);
  const rows = batch * length;
  const indicator = oneHot(b, b.input("labels", [rows], "int32"), model.vocabulary);
  const loss = b.scale(crossEntropy(b, logits, indicator).loss, 1 / rows);
  const decay = (shape: readonly number[]): number => (shape.length > 1 ? weightDecay : 0);
  const outputs = addTrainingStep(b, loss, [...parameters.values()], ({ shape }) => decay(shape), optimizer);
  return b.build("olmo_training_step", outputs);
}
