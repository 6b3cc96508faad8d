import type { EditCost, EditSpec } from "../../stages/edit/types";
import type { TextMetrics } from "../../stages/evaluation/types";
import type { DataTable } from "../plots/chart";
import { costColumns } from "../plots/cost-columns";
import { editLabel } from "../plots/edit-label";
import { factKinds, plainName, textColumns } from "../plots/text-metric-style";

interface TextRow {
  readonly edit: EditSpec;
  readonly metrics: TextMetrics;
  readonly cost?: EditCost;
}

const parts = [
  ["targeted", "targeted"],
  ["untargeted", "held out"],
  ["otherGenres", "other genres"],
] as const;
const numbers = ["strict", "levenshtein"] as const;

/**
 * The evaluations of a language model as one table, facts by kind included, what is targeted and what edits take where
 * they are known; what is not known yet is empty.
 */
export function textTable(rows: readonly TextRow[]): DataTable {
  const hasTargets = rows.some(({ metrics }) => metrics.targeted !== undefined);
  const hasCosts = rows.some(({ cost }) => cost !== undefined);
  const targeted = parts.flatMap(([part, name]) =>
    numbers.map((number) => ({ part, number, name: `${name}: ${number}` })),
  );
  return {
    columns: [
      "edit",
      ...textColumns.map(plainName),
      ...factKinds.map(({ kind }) => `facts: ${kind}`),
      ...(hasTargets ? targeted.map(({ name }) => name) : []),
      ...(hasCosts ? costColumns.map(({ name }) => name) : []),
    ],
    rows: rows.map(({ edit, metrics, cost }) => [
      editLabel(edit),
      ...textColumns.map((column) => column.value(metrics) ?? null),
      ...factKinds.map(({ kind }) => metrics.facts[kind]),
      ...(hasTargets ? targeted.map(({ part, number }) => metrics.targeted?.[part][number] ?? null) : []),
      ...(hasCosts ? costColumns.map(({ value }) => (cost ? value(cost) : null)) : []),
    ]),
  };
}
