import { join } from "node:path";
import { compareDecay, type Comparison } from "../../book/compare";
import { decayFile } from "../../book/run-specs";
import { decodeDecaySeries, encodeDecaySeries, type DecaySeries } from "../../engine/decay-series";
import { computeDecaySeries } from "../compute-decay-series";
import { readStored } from "./read-stored";

/** How the series of weight decays is asked for. */
export const decayName = "decay-series";

export function decayPath(results: string): string {
  return join(results, decayFile);
}

/** The stored series; undefined if there is none. */
export function readDecaySeries(results: string): Promise<DecaySeries | undefined> {
  return readStored(decayPath(results), decodeDecaySeries);
}

export interface DecayReproduced {
  readonly comparison: Comparison | undefined;
  /** The file as it would be written. */
  readonly text: string;
}

/** Trains the series, or takes the trainings that `runs/decay-series` has, and holds it against the stored one. */
export async function reproduceDecay(
  results: string,
  { threads, silent }: { readonly threads: number; readonly silent: boolean },
): Promise<DecayReproduced> {
  const stored = await readDecaySeries(results);
  let series: DecaySeries | undefined;
  await computeDecaySeries({ threads, json: false, silent, epochs: Infinity, fresh: false }, (sofar) => {
    series = sofar;
  });
  if (series === undefined) throw new Error("reproduce: the series has no training");
  const text = encodeDecaySeries(series);
  return { comparison: stored && compareDecay(stored, decodeDecaySeries(text)), text };
}
