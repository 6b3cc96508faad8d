import { join } from "node:path";
import { orderedBands, type DecayRun, type DecaySeries } from "../engine/decay-series";
import { bandsOfWeights } from "../engine/training/bands-of-weights";
import { settingsRecipe } from "../engine/training/settings-recipe";
import { defaultTraining, downProjectionsOf, type TrainingSettings } from "../recipe/training-settings";
import { createNodeBackend } from "../runtime/node";
import type { SpectrumSpec } from "../stages/spectrum/types";
import { checkpointFiles, trainingBackend } from "../training/checkpoint-files";
import { trainRecipe, type TrainOptions } from "./train-vit";
import { writeCheckpoint } from "./training-state";

/** Every matrix is decayed; 0.3 is what the paper trains with. */
export const seriesDecays: readonly number[] = [0, 0.3, 0.6, 1, 2];
const orders = ["product", "lambda"] as const;

/**
 * Trains a ViT at each weight decay, otherwise alike, and computes the bands of all of them. Every training can be
 * stopped and gone on with; what is there is told after each.
 */
export async function computeDecaySeries(
  options: Omit<TrainOptions, "out">,
  onRun: (series: DecaySeries) => Promise<void> | void,
): Promise<void> {
  const { threads, json, silent = false } = options;
  const epochs = Math.min(options.epochs, defaultTraining.epochs);
  const runs: DecayRun[] = [];
  for (const weightDecay of seriesDecays) {
    const settings: TrainingSettings = { ...defaultTraining, epochs, weightDecay };
    const folder = join("runs", "decay-series", String(weightDecay));
    const recipe = { ...settingsRecipe(settings), name: `decay-series-${String(weightDecay)}` };
    const { tensors, curve } = await trainRecipe(recipe, folder, options);
    await writeCheckpoint(
      join(folder, "checkpoint"),
      checkpointFiles(recipe, tensors, curve),
      json || silent,
    );

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
    await onRun({
      version: 1,
      settings: { ...defaultTraining, epochs, weightDecay: seriesDecays[0] ?? 0 },
      runs: [...runs],
      computed: { date: new Date().toISOString().slice(0, 10), device: trainingBackend },
    });
  }
}
