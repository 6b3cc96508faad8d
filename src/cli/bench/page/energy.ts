import { imageSamples } from "../../../engine/images";
import { imageRecords } from "../../../stages/data/images";
import type { Backend } from "../../../runtime/backend";
import { applyEdit } from "../../../stages/edit/apply";
import type { EditSpec } from "../../../stages/edit/types";
import { classificationMetrics } from "../../../stages/evaluation/classification";
import { Classifier } from "../../../stages/evaluation/classify";
import type { ImageModel, LinearId } from "../../../stages/model/types";
import type { KfacBasis, Spectrum } from "../../../stages/spectrum/types";
import { float32 } from "../../../tensor/host-tensor";
import type { Task } from "../plan";
import type { Prepared } from "./prepared";
import { openShipped, quietContext } from "./shipped";

type KfacEdit = Extract<EditSpec, { method: "kfac" }>;

/** What happens while the energy is dragged, by the stages that do it in the lab: a new energy every time. */
export async function prepareEnergy(
  backend: Backend,
  task: Extract<Task, { kind: "energy" }>,
): Promise<Prepared> {
  const { recipe, model } = await openShipped(backend, task.model);
  const edit = recipe.edits.find((one) => one.method === "kfac");
  if (!edit) throw new Error(`bench: the recipe of ${task.model} has no K-FAC edit`);
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
    const next: KfacEdit = { ...edit, energy: 0.5 + 0.05 * (step++ % 9) };
    const edited = await applyEdit(backend, model, spectrum, next);
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
      for (const { UA, UG } of spectrum.kfac.values()) {
        UA.release();
        UG.release();
      }
      await classifier.release();
      model.release();
    },
  };
}

/** Unit vectors as eigenvectors with eigenvalues i⁻¹: no decomposition first, and the products are as long. */
function unitSpectrum(backend: Backend, model: ImageModel, ids: readonly LinearId[]): Spectrum {
  const identity = (size: number) =>
    backend.upload(
      float32(
        [size, size],
        Float32Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0)),
      ),
    );
  const decaying = (size: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: size }, (_, i) => 1 / (i + 1));
  const kfac = new Map<LinearId, KfacBasis>();
  for (const linear of model.summary.linears.filter(({ id }) => ids.includes(id))) {
    const coefficients = model.parameters.get(linear.id);
    if (!coefficients) throw new Error(`bench: the model has no linear ${linear.id}`);
    kfac.set(linear.id, {
      linear,
      lambda: decaying(linear.inputs),
      mu: decaying(linear.outputs),
      UA: identity(linear.inputs),
      UG: identity(linear.outputs),
      coefficients,
    });
  }
  return { kfac, singular: new Map() };
}
