import type { EditSpec } from "../../stages/edit/types";
import type { TextMetrics } from "../../stages/evaluation/types";
import type { DataTable } from "../plots/chart";
import { editLabel } from "../plots/edit-label";
import { factKinds, plainName, textColumns } from "../plots/text-metric-style";

/** The evaluations of a language model as one table, facts by kind included; what is not known yet is empty. */
export function textTable(
  edits: readonly { readonly edit: EditSpec; readonly metrics: TextMetrics }[],
): DataTable {
  return {
    columns: ["edit", ...textColumns.map(plainName), ...factKinds.map(({ kind }) => `facts: ${kind}`)],
    rows: edits.map(({ edit, metrics }) => [
      editLabel(edit),
      ...textColumns.map((column) => column.value(metrics) ?? null),
      ...factKinds.map(({ kind }) => metrics.facts[kind]),
    ]),
  };
}
