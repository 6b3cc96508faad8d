import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createNodeBackend } from "../runtime/node";
import { checkpointFiles } from "../training/checkpoint-files";
import type { TrainingRecipe } from "../training/recipe";
import { vitClean } from "../training/recipes/vit-clean";
import { vitPlain } from "../training/recipes/vit-plain";
import { vitStaged } from "../training/recipes/vit-staged";
import { trainVit, type TrainingState } from "../training/vit-loop";
import { loadState, saveState } from "./training-state";
import { main } from "./main";

const recipes: Readonly<Record<string, TrainingRecipe>> = {
  plain: vitPlain,
  staged: vitStaged,
  clean: vitClean,
};

const help = `Trains a checkpoint with onnxruntime in Node and writes it as a Hugging Face folder.

  npm run train -- vit plain|staged|clean [options]

  --out FOLDER       where the checkpoint goes (default: runs/NAME/checkpoint)
  --threads N        threads of one operator (default 1)
  --epochs N         at most N epochs in every phase, for a quick look
  --fresh            start anew; otherwise an interrupted run goes on
  --json             one JSON object per epoch on standard output

A run keeps its state in runs/NAME after every epoch: stop it with Ctrl-C and give the same command to go on.
The same recipe gives the same weights on the same kind of processor.`;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function minutes(seconds: number): string {
  return seconds < 90 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(1)} min`;
}

async function train(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: "string" },
      threads: { type: "string", default: "1" },
      epochs: { type: "string" },
      fresh: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [architecture, variant = ""] = positionals;
  const chosen = architecture === "vit" ? recipes[variant] : undefined;
  if (values.help || !chosen) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const limit = values.epochs === undefined ? Infinity : Number(values.epochs);
  const threads = Number(values.threads);
  if (!(limit >= 1) || !Number.isInteger(threads) || threads < 1) {
    throw new RangeError("--epochs and --threads are whole numbers from 1 up");
  }
  const recipe: TrainingRecipe = {
    ...chosen,
    phases: chosen.phases.map((phase) => ({ ...phase, epochs: Math.min(phase.epochs, limit) })),
  };
  const folder = join("runs", recipe.name);
  const resumed = values.fresh ? undefined : await loadState(folder, recipe);
  const finished = await run(recipe, { folder, threads, json: values.json }, resumed);
  const out = values.out ?? join(folder, "checkpoint");
  await mkdir(out, { recursive: true });
  for (const { name, bytes } of checkpointFiles(recipe, finished.tensors, finished.curve)) {
    await writeFile(join(out, name), bytes);
  }
  if (!values.json) console.log(`\nwrote ${out}`);
  return 0;
}

async function run(
  recipe: TrainingRecipe,
  { folder, threads, json }: { readonly folder: string; readonly threads: number; readonly json: boolean },
  resumed: TrainingState | undefined,
): Promise<TrainingState> {
  const controller = new AbortController();
  process.once("SIGINT", () => {
    controller.abort(new Error("stopped; the same command goes on from the last epoch"));
  });
  const most = recipe.phases.reduce((sum, { epochs }) => sum + epochs, 0);
  if (!json) {
    const from = resumed ? `, going on after epoch ${resumed.curve.length}` : "";
    console.log(`${recipe.title}: ${recipe.data.trainingImages} images, at most ${most} epochs${from}`);
  }
  let began = performance.now();
  let saving: Promise<void> = Promise.resolve();
  const state = await trainVit(
    createNodeBackend({ threads }),
    recipe,
    {
      signal: controller.signal,
      onStep: ({ step, stepsPerEpoch, loss, rate }) => {
        if (json || !process.stdout.isTTY || step % 10 !== 0) return;
        const left = ((stepsPerEpoch - step) * recipe.batch) / rate;
        process.stdout.write(
          `\r  step ${step}/${stepsPerEpoch}  loss ${loss.toFixed(3)}  ${rate.toFixed(0)} images/s  epoch ends in ${minutes(left)}   `,
        );
      },
      onEpoch: (point, current) => {
        const seconds = (performance.now() - began) / 1000;
        began = performance.now();
        if (json) console.log(JSON.stringify({ ...point, seconds }));
        else {
          console.log(
            `\repoch ${point.epoch}  loss ${point.loss.toFixed(3)}  clean ${percent(point.clean)}  memorized ${percent(point.memorized)}  ground truth ${percent(point.groundTruth)}  validation ${percent(point.validation)}  ${minutes(seconds)}, at most ${minutes(seconds * (most - point.epoch))} left`,
          );
        }
        const snapshot = current();
        saving = saving.then(() => saveState(folder, recipe, snapshot));
      },
    },
    resumed,
  );
  await saving;
  return state;
}

main(train);
