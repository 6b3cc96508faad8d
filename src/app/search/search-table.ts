import type { Ranked } from "../../recipe/search-ranking";
import type { LinearId } from "../../stages/model/types";
import type { DataTable } from "../plots/chart";
import { editStrength, keptShare, methodName } from "../plots/edit-label";
import type { ShownRow } from "../state/results-slice";

export type SortKey = "rank" | "edit" | "memory" | "ability";

export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

type Row = Ranked<ShownRow>;

const compare: Readonly<Record<Exclude<SortKey, "rank">, (a: Row, b: Row) => number>> = {
  edit: (a, b) =>
    methodName(a.row.edit).localeCompare(methodName(b.row.edit), "en") ||
    matrices(a) - matrices(b) ||
    keptShare(a.row.edit) - keptShare(b.row.edit),
  memory: (a, b) => a.memory - b.memory,
  ability: (a, b) => a.ability - b.ability,
};

function matrices({ row: { edit } }: Row): number {
  return edit.method === "none" ? 0 : edit.linears.length;
}

/** Rows in another order; those that are equal stay in the order of the ranking. */
export function sortedRows(order: readonly Row[], { key, descending }: Sorting): readonly Row[] {
  if (key === "rank") return descending ? order.toReversed() : order;
  const by = compare[key];
  return order.toSorted((a, b) => (descending ? by(b, a) : by(a, b)));
}

/** All numbers of the rows as they are sorted. */
export function searchTable(
  order: readonly Row[],
  isText: boolean,
  linearsName: (linears: readonly LinearId[]) => string,
): DataTable {
  const common = ["rank", "Pareto front", "method", "kept", "matrices"];
  const measured = isText
    ? ["strict", "quotes strict", "nDCG@10", "top-1", "perplexity"]
    : ["memorized", "ground truth", "clean", "validation"];
  return {
    columns: [...common, ...measured, "computed"],
    rows: order.map(({ row: { edit, metrics, origin }, rank, onFront }) => [
      rank ?? null,
      onFront ? "yes" : "no",
      methodName(edit),
      editStrength(edit),
      edit.method === "none" ? "" : linearsName(edit.linears),
      ...("ndcg" in metrics
        ? [metrics.planted.strict, metrics.quotes.strict, metrics.ndcg, metrics.topOne, metrics.perplexity]
        : [metrics.memorized, metrics.groundTruth, metrics.clean, metrics.validation]),
      origin.kind === "here" ? "in this browser" : `${origin.date}, ${origin.device}`,
    ]),
  };
}
