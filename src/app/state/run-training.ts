import type { NamedBytes, RunHandle } from "../../engine/api";
import { engine, failureOf, fetchDecaySeries } from "../../engine/client";
import {
  trainedId,
  trainedModelOf,
  trainedRecipe,
  type TrainedModelName,
  type TrainingSettings,
} from "../../recipe/training-settings";
import { setRecipe } from "./change-recipe";
import { failureText } from "./failure-text";
import { notify, putAway, setView, useLab } from "./lab";
import {
  missingTrained,
  standingName,
  trainingAfter,
  trainingEnded,
  trainingStarted,
  wantedBandsEvery,
  wantedSettings,
  withTrainings,
  type TrainingPanelState,
} from "./training-slice";

/** What a person can do with trainings in the tab; calls the engine, and turns its events into state. */

let handle: RunHandle | undefined;

function update(change: (training: TrainingPanelState) => TrainingPanelState): void {
  useLab.setState((lab) => ({ training: change(lab.training) }));
}

/** Asks what this browser has; goes on with a training that a closed or reloaded page broke off. */
export async function openTrainings(): Promise<void> {
  try {
    const trainings = await engine.trainings();
    update((training) => withTrainings(training, trainings));
    const { stood } = trainings;
    if (stood === undefined || !trainings.interrupted) return;
    setView({ train: stood.settings, bandsEvery: stood.bandsEvery });
    void startTraining(false);
  } catch (error) {
    told(error);
  }
}

/** Fills in what a link's model was trained by, if this browser does not keep it, and says so. */
export function askForTrained(): void {
  const { training, recipe } = useLab.getState();
  const missing = missingTrained(training, recipe.recipe?.model);
  if (missing === undefined) return;
  setView({ train: missing.settings });
  notify({
    id: "trained",
    message:
      "This link names a model that was trained in somebody's browser, and this browser has none like it.",
    remedy:
      "Train it again: its settings are filled in under “Train one yourself”, and it is analysed as soon as it is done.",
  });
}

export function changeTraining(change: Partial<TrainingSettings>): void {
  const { view } = useLab.getState();
  setView({ train: { ...wantedSettings(view), ...change } });
}

/** Measures how fast the wanted training would go, once its settings have stayed the same for a moment. */
export function measurePace(settings: TrainingSettings): () => void {
  const timer = setTimeout(() => void measure(settings), 600);
  return () => clearTimeout(timer);
}

async function measure(settings: TrainingSettings): Promise<void> {
  if (useLab.getState().training.status === "running") return;
  update((training) => ({ ...training, pace: { kind: "measuring", settings } }));
  try {
    const pace = await engine.measureTraining(settings);
    update((training) => ({ ...training, pace: { kind: "measured", settings, pace } }));
  } catch {
    // The training itself will say what is wrong.
    update((training) => ({ ...training, pace: { kind: "unknown" } }));
  }
}

export async function startTraining(fresh: boolean): Promise<void> {
  const { view, training } = useLab.getState();
  if (training.status === "running") return;
  const settings = wantedSettings(view);
  const bandsEvery = wantedBandsEvery(view);
  update(trainingStarted);
  handle = engine.train({ settings, bandsEvery, fresh }, (event) => {
    update((state) => trainingAfter(state, event));
    if (event.kind === "epoch" && completesRecipe()) stopTraining();
  });
  try {
    await handle.finished;
    update((state) => trainingEnded(state, undefined));
  } catch (error) {
    update((state) => trainingEnded(state, failureOf(error)));
  }
  handle = undefined;
  if (completesRecipe()) await keepTraining();
}

export function stopTraining(): void {
  handle?.cancel();
}

/** Whether what stands is just what the recipe's missing model was. */
function completesRecipe(): boolean {
  const { training, recipe } = useLab.getState();
  const missing = missingTrained(training, recipe.recipe?.model);
  const name = standingName(training);
  return missing !== undefined && name !== undefined && trainedId(missing) === trainedId(name);
}

/** Keeps what is trained as a model and analyses it. */
export async function keepTraining(): Promise<void> {
  try {
    const { id } = await engine.keepTrained();
    const trainings = await engine.trainings();
    const asked = useLab.getState().recipe.recipe;
    update((training) => withTrainings(training, trainings));
    putAway("trained");
    // A link that asked for it comes with a recipe of its own.
    if (asked?.model.kind === "trained" && asked.model.id === id) setRecipe(asked);
    else openKept(id);
  } catch (error) {
    told(error);
  }
}

/** Opens a kept model with the recipe of its training. */
export function openKept(id: string): void {
  const name = trainedModelOf(id);
  if (name === undefined) return;
  const recipe = trainedRecipe(name);
  setView({ linear: recipe.factors.linears.at(-1), edit: 1 });
  setRecipe(recipe);
}

export async function removeKept(id: string): Promise<void> {
  try {
    await engine.removeTrained(id);
    const trainings = await engine.trainings();
    update((training) => ({ ...training, kept: trainings.kept }));
  } catch (error) {
    told(error);
  }
}

/** A kept model's files; none if they could not be read, which is then said. */
export async function keptFolder(id: string): Promise<readonly NamedBytes[]> {
  try {
    return await engine.trainedFolder(id);
  } catch (error) {
    told(error);
    return [];
  }
}

/** Fills in the settings of a training and shows its panel. */
export function wantTraining({ settings }: Pick<TrainedModelName, "settings">): void {
  setView({ train: settings });
  document.getElementById("train-title")?.scrollIntoView({ block: "start" });
}

/** Loads the series of weight decays that is shipped with the page. */
export async function showDecaySeries(): Promise<void> {
  if (useLab.getState().training.series !== undefined) return;
  try {
    const series = await fetchDecaySeries("results/decay-series.json");
    update((training) => ({ ...training, series }));
  } catch (error) {
    notify({
      id: "decay-series",
      message: `The series of weight decays could not be read: ${failureText(error)}.`,
      remedy: "Reload the page; the rest of it works without.",
    });
  }
}

function told(error: unknown): void {
  notify({ id: "training", ...failureOf(error) });
}
