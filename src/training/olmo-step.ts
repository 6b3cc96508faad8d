import { GraphBuilder } from "../graph/builder";
import type { Graph, Value } from "../graph/types";
import { crossEntropy, oneHot } from "../stages/model/cross-entropy";
import { addOlmo2, olmo2LayerPrefix } from "../stages/model/olmo2";
import { slowedRate, type Slowdown, type TextTrainingRecipe } from "./text-recipe";
import { addTrainingStep, type WeightTreatment } from "./training-step";

function isSlowed(name: string, slowdown: Slowdown | undefined): boolean {
  return slowdown?.layers.some((layer) => name.startsWith(`${olmo2LayerPrefix(layer)}.`)) === true;
}

/**
 * One training step of a language model as a graph. Inputs: input_ids (int64 [batch·length, 1]), labels (int32
 * [batch·length], the next tokens), weights, moments, the rates of `textLearningRates`, correction1, correction2. Outputs: `loss` (mean
 * over all positions) and `updated.*`.
 */
export function buildOlmoStep(recipe: TextTrainingRecipe): Graph {
  const { model, batch, length, weightDecay, slowdown, optimizer } = recipe;
  const b = new GraphBuilder();
  const { logits, parameters } = addOlmo2(b, model, batch, length);
  const rows = batch * length;
  const indicator = oneHot(b, b.input("labels", [rows], "int32"), model.vocabulary);
  const loss = b.scale(crossEntropy(b, logits, indicator), 1 / rows);
  const treatment = ({ name, shape }: Value): WeightTreatment => ({
    weightDecay: shape.length > 1 ? weightDecay : 0,
    ...(isSlowed(name, slowdown) ? { learningRate: slowedRate } : {}),
  });
  const outputs = addTrainingStep(b, loss, [...parameters.values()], treatment, optimizer);
  return b.build("olmo_training_step", outputs);
}
