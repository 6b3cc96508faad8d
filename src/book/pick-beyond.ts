import { ranked, usualFloor } from "../recipe/search-ranking";
import type { ControlKind, EditSpec, PairRanking } from "../stages/edit/types";
import type { ClassificationMetrics } from "../stages/evaluation/types";
import type { LinearId } from "../stages/model/types";
import { imageRows, type ImageRow } from "./pick";
import type { BookRun } from "./run";

/** Numbers of runs that go beyond the paper: controls, rankings of the pairs, searches over sets of layers. */

type Share = Exclude<keyof ClassificationMetrics, "images" | "targeted">;
type Value = (metrics: ClassificationMetrics) => number;
type Measured = (run: BookRun) => number | undefined;

export const controlKinds: readonly ControlKind[] = ["random-pairs", "largest-coefficients", "magnitude"];

function controlRow({ edits }: BookRun, kind: ControlKind): ImageRow | undefined {
  return imageRows(edits).find(({ edit }) => edit.method === "control" && edit.control === kind);
}

/** A number of a control of an image model. */
export function ofControl(kind: ControlKind, metric: Share): Measured {
  return (run) => controlRow(run, kind)?.metrics[metric];
}

/** What parts memory from the rest: validation minus memorized accuracy. */
export function parting({ validation, memorized }: ClassificationMetrics): number {
  return validation - memorized;
}

/** The largest value among the three controls; undefined where one of them is missing. */
export function highestControl(value: Value): Measured {
  return (run) => {
    const rows = controlKinds.flatMap((kind) => controlRow(run, kind) ?? []);
    return rows.length < controlKinds.length
      ? undefined
      : Math.max(...rows.map(({ metrics }) => value(metrics)));
  };
}

/** The edit by curvature and the controls of its size. */
export function controlledEdits({ edits }: BookRun): readonly EditSpec[] {
  return edits.flatMap(({ edit }) => (edit.method === "kfac" || edit.method === "control" ? [edit] : []));
}

/** Of the energies of a ranking the one that parts memory from the rest best; the first of equal ones. */
export function bestOfRanking({ edits }: BookRun, ranking: PairRanking): ImageRow | undefined {
  return imageRows(edits)
    .filter(({ edit }) => edit.method === "kfac" && (edit.ranking ?? "product") === ranking)
    .toSorted((a, b) => parting(b.metrics) - parting(a.metrics))[0];
}

/** A number of a ranking's best energy. */
export function ofRanking(ranking: PairRanking, value: Value): Measured {
  return (run) => {
    const row = bestOfRanking(run, ranking);
    return row && value(row.metrics);
  };
}

/** The best energy of every ranking. */
export function rankedEdits(run: BookRun): readonly EditSpec[] {
  const rankings: readonly PairRanking[] = ["product", "saliency", "ekfac"];
  return rankings.flatMap((ranking) => bestOfRanking(run, ranking)?.edit ?? []);
}

/** Which of the edits that a search found. */
export interface Sought {
  readonly method: "kfac" | "svd";
  /** Whether one layer is cut, several together, or the first and the last; all if left out. */
  readonly layers?: "one" | "several" | "ends";
}

function cuts({ linears }: BookRun, ids: readonly LinearId[], layers: "one" | "several" | "ends"): boolean {
  const cut = new Set(linears.flatMap(({ id, layer }) => (ids.includes(id) ? [layer] : [])));
  if (layers !== "ends") return (cut.size === 1) === (layers === "one");
  const all = linears.map(({ layer }) => layer);
  return cut.size === 2 && cut.has(Math.min(...all)) && cut.has(Math.max(...all));
}

/** Of those edits that keep the validation accuracy of the unedited model, the one that leaves the least memory. */
export function bestFound(run: BookRun, { method, layers }: Sought): ImageRow | undefined {
  const unedited = imageRows(run.edits).find(({ edit }) => edit.method === "none");
  const sought = imageRows(run.scan).filter(
    ({ edit }) => edit.method === method && (layers === undefined || cuts(run, edit.linears, layers)),
  );
  if (unedited === undefined) return undefined;
  return ranked(sought, usualFloor(unedited.metrics)).find(({ rank }) => rank === 1)?.row;
}

/** A number of the best edit found. */
export function ofFound(sought: Sought, metric: Share): Measured {
  return (run) => bestFound(run, sought)?.metrics[metric];
}

/** How many edits a search evaluated. */
export function searched({ scan }: Pick<BookRun, "scan">): number | undefined {
  return scan.length === 0 ? undefined : scan.length;
}

/** The best edits found: of one layer, of several, and by singular values. */
export function foundEdits(run: BookRun): readonly EditSpec[] {
  const best: readonly Sought[] = [
    { method: "kfac", layers: "several" },
    { method: "kfac", layers: "one" },
    { method: "svd" },
  ];
  return best.flatMap((sought) => bestFound(run, sought)?.edit ?? []);
}
