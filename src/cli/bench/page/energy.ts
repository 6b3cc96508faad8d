import { imageSamples } from "../../../engine/images";
import { imageRecords } from "../../../stages/data/images";
import type { Backend } from "../../../runtime/backend";
import { classificationMetrics } from "../../../stages/evaluation/classification";
import { Classifier } from "../../../stages/evaluation/classify";
import type { Task } from "../plan";
import { prepareEnergyChange, type Measure } from "./energy-change";
import type { Prepared } from "./prepared";
import { openShippedImages, quietContext } from "./shipped";

/** What happens while the energy is dragged, by the stages that do it in the lab: a new energy every time. */
export async function prepareEnergy(
  backend: Backend,
  task: Extract<Task, { kind: "energy" }>,
): Promise<Prepared> {
  const { recipe, model } = await openShippedImages(backend, task.model);
  const { clean, memorized, validation } = recipe.evaluation;
  const share = Math.min(1, task.images / (clean + memorized + validation));
  const records = imageRecords(recipe.data, {
    ...recipe.evaluation,
    clean: Math.round(clean * share),
    memorized: Math.round(memorized * share),
    validation: Math.round(validation * share),
  });
  const indices = records.map(({ index }) => index);
  const classifier = await Classifier.create(backend, model, imageSamples(recipe.data), indices);
  const measure: Measure = async (weights) =>
    classificationMetrics(await classifier.classify(weights, quietContext), records);
  return prepareEnergyChange(backend, model, recipe, task.by === "metrics" ? measure : undefined, () =>
    classifier.release(),
  );
}
