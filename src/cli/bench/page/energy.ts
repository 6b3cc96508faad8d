import { imageSamples } from "../../../engine/images";
import { imageRecords } from "../../../stages/data/images";
import type { Backend } from "../../../runtime/backend";
import { applyEdit } from "../../../stages/edit/apply";
import { classificationMetrics } from "../../../stages/evaluation/classification";
import { Classifier } from "../../../stages/evaluation/classify";
import type { Task } from "../plan";
import type { Prepared } from "./prepared";
import { energyAt, kfacEdit, openShippedImages, quietContext } from "./shipped";
import { releaseUnitSpectrum, unitSpectrum } from "./unit-spectrum";

/** What happens while the energy is dragged, by the stages that do it in the lab: a new energy every time. */
export async function prepareEnergy(
  backend: Backend,
  task: Extract<Task, { kind: "energy" }>,
): Promise<Prepared> {
  const { recipe, model } = await openShippedImages(backend, task.model);
  const edit = kfacEdit(recipe);
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
  const spectrum = unitSpectrum(backend, model, edit.linears);
  let step = 0;
  const execute = async (): Promise<void> => {
    const edited = await applyEdit(backend, model, spectrum, { ...edit, energy: energyAt(step++) });
    if (task.by === "metrics") {
      classificationMetrics(await classifier.classify(edited.weights, quietContext), records);
    }
    edited.release();
    await backend.settled();
  };
  await execute();
  return {
    execute,
    repeats: 1,
    release: async () => {
      releaseUnitSpectrum(spectrum);
      await classifier.release();
      model.release();
    },
  };
}
