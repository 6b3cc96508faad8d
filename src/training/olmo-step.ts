import { GraphBuilder } from "../graph/builder";
import type { Graph, Value } from "../graph/types";
import { crossEntropy, oneHot } from "../stages/model/cross-entropy";
import { addOlmo2, olmo2Linears, olmo2Parameters } from "../stages/model/olmo2";
import type { Olmo2Config } from "../stages/model/olmo2-config";
import type { LinearRole } from "../stages/model/types";
import { slowedRate, type Slowdown, type TextTrainingRecipe } from "./text-recipe";
import { addTrainingStep, type WeightTreatment } from "./training-step";

const mlpRoles: readonly LinearRole[] = ["gate", "up", "down"];

/** Parameters that a slowdown slows: all but the linears of the MLPs it leaves alone. */
export function slowedParameters(model: Olmo2Config, { exceptMlpsOf }: Slowdown): Set<string> {
  const slowed = new Set(olmo2Parameters(model).keys());
  for (const { id, layer, role } of olmo2Linears(model)) {
    if (mlpRoles.includes(role) && exceptMlpsOf.includes(layer)) slowed.delete(id);
  }
  return slowed;
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
  const loss = b.scale(crossEntropy(b, logits, indicator).loss, 1 / rows);
  const slowed = slowdown ? slowedParameters(model, slowdown) : new Set<string>();
  const treatment = ({ name, shape }: Value): WeightTreatment => ({
    weightDecay: shape.length > 1 ? weightDecay : 0,
    ...(slowed.has(name) ? { learningRate: slowedRate } : {}),
  });
  const outputs = addTrainingStep(b, loss, [...parameters.values()], treatment, optimizer);
  return b.build("olmo_training_step", outputs);
}
