import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { encodeDecaySeries } from "../engine/decay-series";
import { computeDecaySeries, seriesDecays } from "./compute-decay-series";
import type { TrainOptions } from "./train-vit";

const defaultOut = "public/results/decay-series.json";

/**
 * Trains the series of weight decays and stores the bands of all; the file is written anew after each training, so that
 * a part of the series can be looked at. False if another variant is asked for.
 */
export async function trainDecaySeries(variant: string, options: TrainOptions): Promise<boolean> {
  if (variant !== "decay-series") return false;
  const out = options.out ?? defaultOut;
  await computeDecaySeries(options, async (series) => {
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, encodeDecaySeries(series));
    if (!options.json)
      console.log(`wrote ${out}: ${String(series.runs.length)} of ${String(seriesDecays.length)} decays`);
  });
  return true;
}
