import type { Backend } from "../../../runtime/backend";
import type { DeviceTensor } from "../../../runtime/device-tensor";
import { applyEdit } from "../../../stages/edit/apply";
import type { LinearId, LoadedModel } from "../../../stages/model/types";
import type { Recipe } from "../../../recipe/schema";
import type { Prepared } from "./prepared";
import { energyAt, kfacEdit } from "./shipped";
import { releaseUnitSpectrum, unitSpectrum } from "./unit-spectrum";

/** Measures a model under the edited weights. */
export type Measure = (weights: ReadonlyMap<LinearId, DeviceTensor>) => Promise<unknown>;

/** The recipe's K-FAC edit at another energy every time, and what is measured under it; without a measure the weights alone. */
export async function prepareEnergyChange(
  backend: Backend,
  model: LoadedModel,
  recipe: Recipe,
  measure: Measure | undefined,
  release: () => Promise<void> | undefined,
): Promise<Prepared> {
  const edit = kfacEdit(recipe);
  const spectrum = unitSpectrum(backend, model, edit.linears);
  let step = 0;
  const execute = async (): Promise<void> => {
    const edited = await applyEdit(backend, model, spectrum, { ...edit, energy: energyAt(step++) });
    await measure?.(edited.weights);
    edited.release();
    await backend.settled();
  };
  await execute();
  return {
    execute,
    repeats: 1,
    release: async () => {
      releaseUnitSpectrum(spectrum);
      await release();
      model.release();
    },
  };
}
