import { join } from "node:path";
import { createNodeBackend } from "../runtime/node";
import { checkpointFiles } from "../training/checkpoint-files";
import type { TrainingRecipe } from "../training/recipe";
import { vitClean } from "../training/recipes/vit-clean";
import { vitPlain } from "../training/recipes/vit-plain";
import { vitStaged } from "../training/recipes/vit-staged";
import { trainVit, type TrainingState } from "../training/vit-loop";
import { minutes } from "./duration";
import { untilInterrupted } from "./interrupt";
import { loadState, saveState, writeCheckpoint } from "./training-state";

const recipes: Readonly<Record<string, TrainingRecipe>> = {
  plain: vitPlain,
  staged: vitStaged,
  clean: vitClean,
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export const vitVariants = Object.keys(recipes);

export interface TrainOptions {
  readonly out: string | undefined;
  readonly threads: number;
  /** Most epochs of every phase, for a quick look. */
  readonly epochs: number;
  readonly fresh: boolean;
  readonly json: boolean;
  /** Prints nothing at all, for a command with output of its own. */
  readonly silent?: boolean;
}

/** Trains one of the image classifiers and writes its checkpoint; false if there is no such variant. */
export async function trainVitVariant(variant: string, options: TrainOptions): Promise<boolean> {
  const chosen = recipes[variant];
  if (!chosen) return false;
  const recipe: TrainingRecipe = {
    ...chosen,
    phases: chosen.phases.map((phase) => ({ ...phase, epochs: Math.min(phase.epochs, options.epochs) })),
  };
  const folder = join("runs", recipe.name);
  const finished = await trainRecipe(recipe, folder, options);
  const files = checkpointFiles(recipe, finished.tensors, finished.curve);
  await writeCheckpoint(options.out ?? join(folder, "checkpoint"), files, options.json);
  return true;
}

/** Trains a recipe, or goes on where the state in the folder stands. */
export async function trainRecipe(
  recipe: TrainingRecipe,
  folder: string,
  { fresh, threads, json, silent = false }: Omit<TrainOptions, "out">,
): Promise<TrainingState> {
  const resumed = fresh ? undefined : await loadState<TrainingState>(folder, recipe);
  return run(recipe, { folder, threads, output: silent ? "none" : json ? "json" : "text" }, resumed);
}

async function run(
  recipe: TrainingRecipe,
  {
    folder,
    threads,
    output,
  }: { readonly folder: string; readonly threads: number; readonly output: "text" | "json" | "none" },
  resumed: TrainingState | undefined,
): Promise<TrainingState> {
  const signal = untilInterrupted("stopped; the same command goes on from the last epoch");
  const most = recipe.phases.reduce((sum, { epochs }) => sum + epochs, 0);
  if (output === "text") {
    const from = resumed ? `, going on after epoch ${resumed.curve.length}` : "";
    console.log(`${recipe.title}: ${recipe.data.trainingImages} images, at most ${most} epochs${from}`);
  }
  let began = performance.now();
  let saving: Promise<void> = Promise.resolve();
  const state = await trainVit(
    createNodeBackend({ threads }),
    recipe,
    {
      signal,
      onStep: ({ step, stepsPerEpoch, loss, rate }) => {
        if (output !== "text" || !process.stdout.isTTY || step % 10 !== 0) return;
        const left = ((stepsPerEpoch - step) * recipe.batch) / rate;
        process.stdout.write(
          `\r  step ${step}/${stepsPerEpoch}  loss ${loss.toFixed(3)}  ${rate.toFixed(0)} images/s  epoch ends in ${minutes(left)}   `,
        );
      },
      onEpoch: (point, current) => {
        const seconds = (performance.now() - began) / 1000;
        began = performance.now();
        if (output === "json") console.log(JSON.stringify({ ...point, seconds }));
        else if (output === "text") {
          console.log(
            `\repoch ${point.epoch}  loss ${point.loss.toFixed(3)}  clean ${percent(point.clean)}  memorized ${percent(point.memorized)}  ground truth ${percent(point.groundTruth)}  validation ${percent(point.validation)}  ${minutes(seconds)}, at most ${minutes(seconds * (most - point.epoch))} left`,
          );
        }
        const snapshot = current();
        saving = saving.then(async () => saveState(folder, recipe, await snapshot));
      },
    },
    resumed,
  );
  await saving;
  return state;
}
