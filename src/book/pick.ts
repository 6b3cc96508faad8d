import type { ScanRow } from "../engine/api";
import type { EditSpec } from "../stages/edit/types";
import type { ClassificationMetrics, RecitationMetrics, TextMetrics } from "../stages/evaluation/types";
import type { LinearBands } from "../stages/spectrum/types";
import type { BookRun } from "./run";

/** Numbers of a run by what they are, for cards. */

/** Methods that the paper compares: controls stand beside no figure of it. */
export type MethodName = Exclude<EditSpec["method"], "control">;

/** The paper's edits keep nDCG@10 at 0.90 or 0.91 (tables 2 and 5): methods are compared where they keep as much. */
export const ndcgFloor = 0.9;

export interface TextRow extends ScanRow {
  readonly metrics: TextMetrics;
}

export interface ImageRow extends ScanRow {
  readonly metrics: ClassificationMetrics;
}

export function textRows({ edits }: BookRun): readonly TextRow[] {
  return edits.filter((row): row is TextRow => "ndcg" in row.metrics);
}

export function imageRows(rows: readonly ScanRow[]): readonly ImageRow[] {
  return rows.filter((row): row is ImageRow => "groundTruth" in row.metrics);
}

function byMethod<R extends ScanRow>(rows: readonly R[], method: MethodName): readonly R[] {
  return rows.filter(({ edit }) => edit.method === method);
}

/** Planted passages that no edit of the run was shown, if one of them has a forget set, else all of them. */
export function unseen({ planted, targeted }: TextMetrics): RecitationMetrics {
  return targeted?.untargeted ?? planted;
}

/** Of a method's edits that keep nDCG@10 at the floor, the one that recites least; if none keeps it, the one nearest. */
export function strongest(run: BookRun, method: MethodName): TextRow | undefined {
  const rows = byMethod(textRows(run), method);
  const keeping = rows.filter(({ metrics }) => metrics.ndcg >= ndcgFloor);
  return keeping.length > 0
    ? keeping.toSorted((a, b) => unseen(a.metrics).strict - unseen(b.metrics).strict)[0]
    : rows.toSorted((a, b) => b.metrics.ndcg - a.metrics.ndcg)[0];
}

/** A number of the strongest edit of a method. */
export function ofStrongest(
  method: MethodName,
  value: (metrics: TextMetrics) => number | undefined,
): (run: BookRun) => number | undefined {
  return (run) => {
    const row = strongest(run, method);
    return row === undefined ? undefined : value(row.metrics);
  };
}

/** A number of the first edit of a method of an image model. */
export function ofImages(
  method: MethodName,
  metric: Exclude<keyof ClassificationMetrics, "images" | "targeted">,
): (run: BookRun) => number | undefined {
  return ({ edits }) => byMethod(imageRows(edits), method)[0]?.metrics[metric];
}

/** How far apart the bands of the first or last layer are at the weight decays of the series that pass. */
export function decayContrast(
  passes: (weightDecay: number) => boolean,
): (run: BookRun) => number | undefined {
  return ({ decay }) => {
    const sizes = (decay?.runs ?? []).flatMap(({ weightDecay, orders }) => {
      const kfac = orders.product.kfac;
      // The file holds binary logarithms.
      return passes(weightDecay) && kfac !== undefined ? [2 ** kfac.size] : [];
    });
    return sizes.length === 0 ? undefined : Math.max(...sizes);
  };
}

/** A multiple of another number. */
export function times(
  factor: number,
  value: (run: BookRun) => number | undefined,
): (run: BookRun) => number | undefined {
  return (run) => {
    const known = value(run);
    return known === undefined ? undefined : factor * known;
  };
}

/** A number that needs no run. */
export function constant(value: number): (run: BookRun) => number {
  return () => value;
}

/** The down-projections that have bands, the first layer first. */
export function downBands({ bands, linears }: BookRun): readonly LinearBands[] {
  const downs = linears
    .filter(({ role }) => role === "fc2" || role === "down")
    .toSorted((a, b) => a.layer - b.layer);
  return downs.flatMap(({ id }) => bands.filter(({ linear }) => linear === id));
}

/** Memorized over clean response of a band of a down-projection; `layer` counts from the end if negative. */
export function bandRatio(
  layer: number,
  basis: "kfac" | "svd",
  band: number,
): (run: BookRun) => number | undefined {
  return (run) => ratioOf(downBands(run).at(layer), basis, band);
}

function ratioOf(bands: LinearBands | undefined, basis: "kfac" | "svd", band: number): number | undefined {
  const response = bands?.[basis].at(band);
  return response === undefined || response.clean === 0 ? undefined : response.memorized / response.clean;
}

/** The largest factor between the bands of one matrix, memorized over clean, among some down-projections. */
export function bandContrast(
  basis: "kfac" | "svd",
  which: "all" | "inner" | "outer",
): (run: BookRun) => number | undefined {
  return (run) => {
    const all = downBands(run);
    const chosen = all.filter((_, at) => {
      const outer = at === 0 || at === all.length - 1;
      return which === "all" || outer === (which === "outer");
    });
    const factors = chosen.flatMap((bands) => {
      const ratios = [0, 1, 2, 3].flatMap((band) => ratioOf(bands, basis, band) ?? []);
      return ratios.length === 0 ? [] : [Math.max(...ratios) / Math.min(...ratios)];
    });
    return factors.length === 0 ? undefined : Math.max(...factors);
  };
}

/** Best validation minus memorized accuracy of single-matrix edits of a method, over outer or inner down-projections. */
export function scanBest(
  method: MethodName,
  which: "all" | "inner" | "outer",
): (run: BookRun) => number | undefined {
  return ({ scan, linears }) => {
    const downs = linears.filter(({ role }) => role === "fc2");
    const last = Math.max(...downs.map(({ layer }) => layer));
    const gains = byMethod(imageRows(scan), method).flatMap(({ edit, metrics }) => {
      const linear = edit.method === "none" ? undefined : downs.find(({ id }) => id === edit.linears[0]);
      if (linear === undefined) return [];
      const outer = linear.layer === 0 || linear.layer === last;
      return which === "all" || outer === (which === "outer") ? [metrics.validation - metrics.memorized] : [];
    });
    return gains.length === 0 ? undefined : Math.max(...gains);
  };
}

/** Share of the fact prompts that an edit answers; the first edit of the method. */
export function answersKept(method: MethodName): (run: BookRun) => number | undefined {
  return ({ texts, recipe }) => {
    const position = recipe.edits.findIndex((edit) => edit.method === method);
    const asked = texts.filter(({ kind, truth }) => kind === "prompt" && truth !== undefined);
    if (position < 0 || asked.length === 0) return undefined;
    const right = asked.filter(
      ({ truth, continuations }) => continuations[position]?.startsWith(truth ?? "") === true,
    );
    return right.length / asked.length;
  };
}

/** The edit of every method that numbers of a run are of. */
export function comparedEdits(run: BookRun): readonly EditSpec[] {
  const methods: readonly MethodName[] = ["balanced-subnet", "svd", "kfac"];
  const images = imageRows(run.edits);
  return methods.flatMap((method) => {
    const row = images.length > 0 ? byMethod(images, method)[0] : strongest(run, method);
    return row === undefined ? [] : [row.edit];
  });
}

/** The mean over all kinds of fact of the share that is answered exactly. */
export function factsKnown({ facts }: TextMetrics): number {
  const shares = Object.values(facts);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
