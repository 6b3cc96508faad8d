import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { encodeDecaySeries, orderedBands, type DecayRun, type DecaySeries } from "../engine/decay-series";
import { bandsOfWeights } from "../engine/training/bands-of-weights";
import { defaultTraining, downProjectionsOf } from "../recipe/training-settings";
import { createNodeBackend } from "../runtime/node";
import type { SpectrumSpec } from "../stages/spectrum/types";
import { checkpointFiles, trainingBackend } from "../training/checkpoint-files";
import { settingsRecipe } from "../engine/training/settings-recipe";
import type { TrainingSettings } from "../recipe/training-settings";
import { trainRecipe, type TrainOptions } from "./train-vit";
import { writeCheckpoint } from "./training-state";

/** Every matrix is decayed; 0.3 is what the paper trains with. */
export const seriesDecays: readonly number[] = [0, 0.3, 0.6, 1, 2];
const orders = ["product", "lambda"] as const;
const defaultOut = "public/results/decay-series.json";

/**
 * Trains a ViT at each weight decay, otherwise alike, and stores the bands of all of them. Every training can be stopped
 * and gone on with; the file is written anew after each, so that a part of the series can be looked at.
 */
export async function trainDecaySeries(variant: string, options: TrainOptions): Promise<boolean> {
  if (variant !== "decay-series") return false;
  const { threads, json } = options;
  const out = options.out ?? defaultOut;
  const epochs = Math.min(options.epochs, defaultTraining.epochs);
  const runs: DecayRun[] = [];
  for (const weightDecay of seriesDecays) {
    const settings: TrainingSettings = { ...defaultTraining, epochs, weightDecay };
    const folder = join("runs", "decay-series", String(weightDecay));
    const recipe = { ...settingsRecipe(settings), name: `decay-series-${String(weightDecay)}` };
    const { tensors, curve } = await trainRecipe(recipe, folder, options);
    await writeCheckpoint(join(folder, "checkpoint"), checkpointFiles(recipe, tensors, curve), json);

    const spectra = orders.map((bandOrder): SpectrumSpec => ({
      bandOrder,
      bandTokens: "readout",
      bandNormalized: false,
    }));
    const { bands, memorizedImages } = await bandsOfWeights(
      createNodeBackend({ threads }),
      recipe.model,
      recipe.data,
      tensors,
      { linears: downProjectionsOf(settings), factorImages: settings.images, groupImages: 250, spectra },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    const point = curve.at(-1);
    if (!point) throw new Error(`decay-series: no epoch was trained at ${String(weightDecay)}`);
    const [product = [], lambda = []] = bands;
    runs.push({
      weightDecay,
      point,
      memorizedImages,
      orders: { product: orderedBands(product), lambda: orderedBands(lambda) },
    });
    const computed = { date: new Date().toISOString().slice(0, 10), device: trainingBackend };
    const series: DecaySeries = {
      version: 1,
      settings: { ...defaultTraining, epochs, weightDecay: seriesDecays[0] ?? 0 },
      runs,
      computed,
    };
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, encodeDecaySeries(series));
    if (!json) console.log(`wrote ${out}: ${String(runs.length)} of ${String(seriesDecays.length)} decays`);
  }
  return true;
}
