import type { DecaySeries } from "../engine/decay-series";
import { stableJson } from "../engine/key";
import { decayMeasures, measuresOf, type Measure } from "./measures";
import type { BookRun, WrittenText } from "./run";
import { tolerances, type MetricName, type Tolerance } from "./tolerances";

/** A figure that is no longer what the code gives. */
export interface Difference {
  readonly of: string;
  readonly metric: MetricName | "recipe";
  readonly part: string;
  /** Undefined where it is missing. */
  readonly stored: number | string | undefined;
  readonly computed: number | string | undefined;
}

export interface Comparison {
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** The largest difference of each metric, in its own unit or, of relative ones, as a share. */
  readonly largest: ReadonlyMap<MetricName, number>;
}

type Compared = Pick<BookRun, "recipe" | "edits" | "scan" | "bands" | "bandSamples" | "texts">;

/** Holds what was computed against what is stored. A missing figure is a difference, on either side. */
export function compareRuns(stored: Compared, computed: Compared): Comparison {
  const { compared, differences, largest } = compareMeasures(measuresOf(stored), measuresOf(computed));
  const recipe = recipeDifference(stored.recipe, computed.recipe);
  const hasTexts = stored.texts.length > 0 || computed.texts.length > 0;
  const parted = hasTexts ? partedShare(stored.texts, computed.texts) : 0;
  const texts: Difference = { of: "texts", metric: "texts", part: "parted", stored: 0, computed: parted };
  return {
    compared,
    differences: [...recipe, ...differences, ...(parted > tolerances.texts.within ? [texts] : [])],
    largest: hasTexts ? new Map([...largest, ["texts", parted]]) : largest,
  };
}

/** The same of trainings at several weight decays. */
export function compareDecay(stored: DecaySeries, computed: DecaySeries): Comparison {
  const { compared, differences, largest } = compareMeasures(decayMeasures(stored), decayMeasures(computed));
  return {
    compared,
    differences: [...recipeDifference(stored.settings, computed.settings), ...differences],
    largest,
  };
}

function compareMeasures(stored: readonly Measure[], computed: readonly Measure[]): Comparison {
  const largest = new Map<MetricName, number>();
  const differences: Difference[] = [];
  const note = (metric: MetricName, distance: number): boolean => {
    largest.set(metric, Math.max(largest.get(metric) ?? 0, distance));
    return distance <= tolerances[metric].within;
  };
  const before = byName(stored);
  const after = byName(computed);
  const names = new Set([...before.keys(), ...after.keys()]);
  for (const name of names) {
    const [first, second] = [before.get(name), after.get(name)];
    const one = first ?? second;
    if (one === undefined) continue;
    const near = first !== undefined && second !== undefined && note(one.metric, distanceOf(first, second));
    const { of, metric, part } = one;
    if (!near) differences.push({ of, metric, part, stored: first?.value, computed: second?.value });
  }
  return { compared: names.size, differences, largest };
}

/** Where two recipes first differ. */
function recipeDifference(stored: unknown, computed: unknown): readonly Difference[] {
  const [old, now] = [stableJson(stored), stableJson(computed)];
  if (old === now) return [];
  let at = 0;
  while (old[at] === now[at]) at++;
  const around = (text: string): string => `…${text.slice(Math.max(0, at - 20), at + 40)}…`;
  return [{ of: "recipe", metric: "recipe", part: "", stored: around(old), computed: around(now) }];
}

function byName(measures: readonly Measure[]): ReadonlyMap<string, Measure> {
  return new Map(measures.map((one) => [`${one.of}, ${one.metric} ${one.part}`, one]));
}

/** Of no images accuracies are NaN: equal to each other, and infinitely far from any number. */
function distanceOf({ metric, value: stored }: Measure, { value: computed }: Measure): number {
  if (Object.is(stored, computed)) return 0;
  const { relative }: Tolerance = tolerances[metric];
  const distance = relative ? Math.abs(computed - stored) / Math.abs(stored) : Math.abs(computed - stored);
  return Number.isNaN(distance) ? Infinity : distance;
}

/** Share of texts that differ; other prompts or numbers of edits are other texts. */
function partedShare(stored: readonly WrittenText[], computed: readonly WrittenText[]): number {
  const texts = (all: readonly WrittenText[]): string[] =>
    all.flatMap(({ prompt, continuations }) =>
      continuations.map((text, edit) => JSON.stringify([prompt, edit, text])),
    );
  const [old, now] = [texts(stored), new Set(texts(computed))];
  const most = Math.max(old.length, now.size);
  return most === 0 ? 0 : 1 - old.filter((text) => now.has(text)).length / most;
}
