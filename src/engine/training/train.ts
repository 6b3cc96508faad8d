import { downProjectionsOf } from "../../recipe/training-settings";
import type { Backend } from "../../runtime/backend";
import type { SpectrumSpec } from "../../stages/spectrum/types";
import { settingsRecipe } from "./settings-recipe";
import type { TrainingRecipe } from "../../training/recipe";
import type { TrainingSettings } from "../../recipe/training-settings";
import { trainVit, type TrainingState } from "../../training/vit-loop";
import type { EpochBands, TrainingEvent, TrainingRequest } from "../api";
import { stableJson } from "../key";
import { bandsOfWeights } from "./bands-of-weights";
import { stood, type SavedTraining } from "./saved-training";
import type { TrainingShelf } from "./shelf";

/** Fewer memorized images tell nothing of a band but chance. */
const leastMemorized = 20;
const bandPlan = { factorImages: 1000, groupImages: 250 };
/** Milliseconds between two reports of steps. */
const interval = 80;

/** How the bands of a training are looked at while it goes on: as the last layer's head sees them. */
export const watchedBands: SpectrumSpec = {
  bandOrder: "lambda",
  bandTokens: "readout",
  bandNormalized: false,
};

export interface TrainingHost {
  readonly backend: Backend;
  readonly shelf: TrainingShelf;
  /** Runs what needs the device when no run of the lab does. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Trains by a person's settings; every epoch is stored before the next begins. */
export async function trainBySettings(
  { backend, shelf, inTurn }: TrainingHost,
  { settings, bandsEvery, fresh }: TrainingRequest,
  signal: AbortSignal,
  emit: (event: TrainingEvent) => void,
): Promise<void> {
  const recipe = settingsRecipe(settings);
  const before = fresh ? undefined : await standing(shelf, settings);
  const bands: EpochBands[] = [...(before?.bands ?? [])];
  const saved = (state: TrainingState): SavedTraining => ({ settings, bandsEvery, bands: [...bands], state });
  if (before === undefined) await shelf.forget();
  emit({ kind: "began", from: before ? stood(before) : { settings, bandsEvery, curve: [], bands: [] } });
  const steps = stepReporter(recipe, before?.state.curve.length ?? 0, emit);
  await shelf.mark(true);
  try {
    await trainVit(
      backend,
      recipe,
      {
        signal,
        inTurn,
        onStep: ({ step, loss }) => steps(step, loss),
        onEpoch: async (point, current) => {
          const state = await current();
          await shelf.save(saved(state));
          emit({ kind: "epoch", point });
          const due = point.epoch % bandsEvery === 0 || point.epoch === settings.epochs;
          const memorized = Math.round(settings.images * settings.labelNoise * point.memorized);
          if (!due || memorized < leastMemorized) return;
          const epochBands = await inTurn(() => bandsAfter(backend, recipe, settings, state, signal));
          if (epochBands === undefined) return;
          bands.push(epochBands);
          await shelf.save(saved(state));
          emit({ kind: "bands", bands: epochBands });
        },
      },
      before?.state,
    );
  } finally {
    await shelf.mark(false);
  }
}

/** The training that stands, if it is of these settings. */
async function standing(
  shelf: TrainingShelf,
  settings: TrainingSettings,
): Promise<SavedTraining | undefined> {
  const saved = await shelf.saved();
  return saved !== undefined && stableJson(saved.settings) === stableJson(settings) ? saved : undefined;
}

async function bandsAfter(
  backend: Backend,
  { model, data }: TrainingRecipe,
  settings: TrainingSettings,
  { tensors, curve }: TrainingState,
  signal: AbortSignal,
): Promise<EpochBands | undefined> {
  const linears = downProjectionsOf(settings).slice(-1);
  const plan = {
    ...bandPlan,
    factorImages: Math.min(bandPlan.factorImages, settings.images),
    linears,
    spectra: [watchedBands],
  };
  const context = { signal, onProgress: (): void => undefined };
  const { bands, memorizedImages } = await bandsOfWeights(backend, model, data, tensors, plan, context);
  const [last] = bands[0] ?? [];
  if (last === undefined || memorizedImages < leastMemorized) return undefined;
  return { epoch: curve.length, bands: last, memorizedImages };
}

/** Turns steps into progress, counting the time between epochs as well. */
function stepReporter(
  { data, batch, phases }: TrainingRecipe,
  epochsBefore: number,
  emit: (event: TrainingEvent) => void,
): (step: number, loss: number) => void {
  const stepsPerEpoch = Math.floor(data.trainingImages / batch);
  const epochs = phases.reduce((sum, phase) => sum + phase.epochs, 0);
  const began = performance.now();
  let done = 0;
  let told = 0;
  let epochBegan = began;
  return (step, loss) => {
    const now = performance.now();
    // The first step of an epoch has ended: what came between the epochs is not of its rate.
    if (step === 0) epochBegan = now;
    done++;
    if (now - told < interval) return;
    told = now;
    const stepsPerSecond = step === 0 ? 0 : step / ((now - epochBegan) / 1000);
    const left = (epochs - epochsBefore) * stepsPerEpoch - done;
    emit({
      kind: "step",
      progress: {
        epoch: epochsBefore + Math.ceil(done / stepsPerEpoch),
        epochs,
        step: step + 1,
        stepsPerEpoch,
        loss,
        stepsPerSecond,
        imagesPerSecond: stepsPerSecond * batch,
        // Before an epoch has passed its evaluation is not in the time yet: better than nothing.
        remaining: done < 5 ? undefined : (left * (now - began)) / 1000 / done,
      },
    });
  };
}
