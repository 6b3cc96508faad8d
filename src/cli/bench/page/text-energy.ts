import { noOwnTexts } from "../../../engine/own-texts";
import { textSubject } from "../../../engine/text-study";
import type { TextRecipe } from "../../../recipe/schema";
import type { Backend } from "../../../runtime/backend";
import type { Evaluation } from "../../../engine/study";
import type { Task } from "../plan";
import { prepareEnergyChange, type Measure } from "./energy-change";
import type { Prepared } from "./prepared";
import { openShippedTexts, quietContext } from "./shipped";

/** What happens while the energy is dragged, up to the first metrics on the page; texts are written anew after that. */
export async function prepareTextEnergy(
  backend: Backend,
  task: Extract<Task, { kind: "text energy" }>,
): Promise<Prepared> {
  const { recipe, model } = await openShippedTexts(backend, task.model);
  const study = textSubject(withShare(recipe, task.share), noOwnTexts).with(model);
  const evaluation = task.by === "metrics" ? await study.prepare(backend, quietContext) : undefined;
  const measure = evaluation && ((weights: Weights) => firstMetrics(evaluation, weights));
  return prepareEnergyChange(backend, model, recipe, measure, () => evaluation?.release());
}

type Weights = Parameters<Measure>[0];

function withShare(recipe: TextRecipe, share: number): TextRecipe {
  const part = (count: number): number => Math.ceil(count * share);
  const { planted, heldOut, quotes, freshWindows } = recipe.evaluation;
  const evaluation = {
    planted: part(planted),
    heldOut: part(heldOut),
    quotes: part(quotes),
    freshWindows: part(freshWindows),
  };
  return { ...recipe, evaluation };
}

/** Measures up to the first part of the outcome and stops there. */
async function firstMetrics(evaluation: Evaluation, weights: Weights): Promise<void> {
  const stop = new AbortController();
  const context = { ...quietContext, signal: stop.signal };
  const outcome = evaluation.measure(weights, context, () => {
    stop.abort();
  });
  await outcome.catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
}
