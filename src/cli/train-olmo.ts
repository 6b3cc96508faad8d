import { join } from "node:path";
import { createNodeBackend } from "../runtime/node";
import { trainingDocuments } from "../stages/data/corpus/training-documents";
import { openTokenizer } from "../stages/data/tokenizer";
import { stepsOf, trainOlmo, type TextTrainingState } from "../training/olmo-loop";
import { plantedText } from "../training/planted-text";
import { olmoPlanted } from "../training/recipes/olmo-planted";
import { textCheckpointFiles } from "../training/text-checkpoint-files";
import type { TextTrainingRecipe } from "../training/text-recipe";
import { trainTokenizer } from "../training/tokenizer-files";
import { minutes } from "./duration";
import { untilInterrupted } from "./interrupt";
import type { TrainOptions } from "./train-vit";
import { loadState, saveState, writeCheckpoint } from "./training-state";

const recipes: Readonly<Record<string, TextTrainingRecipe>> = { planted: olmoPlanted };

export const olmoVariants = Object.keys(recipes);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Trains one of the language models, its tokenizer first, and writes its checkpoint; false if there is no such variant. */
export async function trainOlmoVariant(variant: string, options: TrainOptions): Promise<boolean> {
  const recipe = recipes[variant];
  if (!recipe) return false;
  const { json, threads } = options;
  const documents = trainingDocuments(recipe.data);
  const tokenizer = trainTokenizer(documents);
  const text = (name: string): string => tokenizer.find((file) => file.name === name)?.text ?? "";
  const opened = openTokenizer(text("tokenizer.json"), text("tokenizer_config.json"));
  const data = plantedText(recipe.data, opened, recipe.length, documents);
  const steps = stepsOf(recipe, data.stream);
  const folder = join("runs", recipe.name);
  const resumed = options.fresh ? undefined : await loadState<TextTrainingState>(folder, recipe);
  if (!json) {
    const from = resumed ? `, going on after step ${resumed.steps}` : "";
    console.log(`${recipe.title}: ${data.stream.length} tokens, ${steps} steps${from}`);
  }
  let saving: Promise<void> = Promise.resolve();
  let left = 0;
  const finished = await trainOlmo(
    createNodeBackend({ threads }),
    recipe,
    data,
    {
      signal: untilInterrupted("stopped; the same command goes on from the last evaluation"),
      onStep: (step, total, loss, rate) => {
        left = ((total - step) * recipe.batch * recipe.length) / rate;
        if (json || !process.stdout.isTTY || step % 5 !== 0) return;
        process.stdout.write(
          `\r  step ${step}/${total}  loss ${loss.toFixed(3)}  ${rate.toFixed(0)} tokens/s  ${minutes(left)} left   `,
        );
      },
      onPoint: (point, total, state) => {
        if (json) console.log(JSON.stringify(point));
        else {
          console.log(
            `\rstep ${point.step}/${total}  loss ${point.loss.toFixed(3)}  perplexity ${point.perplexity.toFixed(2)}  suffix tokens ${percent(point.suffixAccuracy)}  strict ${percent(point.strict)}  quotes ${percent(point.quotes)}  ${minutes(left)} left`,
          );
        }
        const snapshot = state();
        saving = saving.then(async () => saveState(folder, recipe, await snapshot));
      },
    },
    resumed,
  );
  await saving;
  const files = textCheckpointFiles(recipe, tokenizer, finished.tensors, finished.curve);
  await writeCheckpoint(options.out ?? join(folder, "checkpoint"), files, json);
  return true;
}
