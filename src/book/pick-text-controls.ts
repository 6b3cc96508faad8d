import type { ControlKind } from "../stages/edit/types";
import type { TextMetrics } from "../stages/evaluation/types";
import { ndcgFloor, textRows } from "./pick";
import { controlKinds } from "./pick-beyond";
import type { BookRun } from "./run";

/** Numbers of the controls of a language model. */

type Measured = (run: BookRun) => number | undefined;

function controlMetrics(run: BookRun, kind: ControlKind): TextMetrics | undefined {
  return textRows(run).find(({ edit }) => edit.method === "control" && edit.control === kind)?.metrics;
}

/** A number of a control of a language model. */
export function ofTextControl(
  kind: ControlKind,
  value: (metrics: TextMetrics) => number | undefined,
): Measured {
  return (run) => {
    const metrics = controlMetrics(run, kind);
    return metrics && value(metrics);
  };
}

/** The largest value among the three controls; undefined where one of them is missing. */
export function highestTextControl(value: (metrics: TextMetrics) => number): Measured {
  return (run) => {
    const all = controlKinds.flatMap((kind) => controlMetrics(run, kind) ?? []);
    return all.length < controlKinds.length ? undefined : Math.max(...all.map(value));
  };
}

/**
 * The smallest share recited exactly under those of the three controls that keep nDCG@10 at the floor; undefined where
 * a control is missing or none keeps it.
 */
export function leastRecitedKeeping(run: BookRun): number | undefined {
  const all = controlKinds.flatMap((kind) => controlMetrics(run, kind) ?? []);
  const keeping = all.filter(({ ndcg }) => ndcg >= ndcgFloor);
  if (all.length < controlKinds.length || keeping.length === 0) return undefined;
  return Math.min(...keeping.map(({ planted }) => planted.strict));
}

/** What parts memory from the rest: nDCG@10 minus the share of planted passages recited exactly, both from 0 to 1. */
export function textParting({ ndcg, planted }: TextMetrics): number {
  return ndcg - planted.strict;
}
