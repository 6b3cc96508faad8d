import type { EditCost, EditSpec } from "../../stages/edit/types";
import type { ClassificationMetrics, TargetedImages } from "../../stages/evaluation/types";
import type { DataTable } from "../plots/chart";
import { costColumns } from "../plots/cost-columns";
import { editLabel } from "../plots/edit-label";
import { metrics, metricStyles } from "../plots/metric-style";

interface ImageRow {
  readonly edit: EditSpec;
  readonly metrics: ClassificationMetrics;
  readonly cost?: EditCost;
}

const targetedNumbers = ["memorized", "groundTruth"] as const satisfies readonly (keyof TargetedImages)[];
const parts = [
  ["targeted", "targeted"],
  ["untargeted", "held out"],
] as const;

/** The evaluations of an image classifier as one table; what is targeted and what edits take where they are known. */
export function imageTable(rows: readonly ImageRow[]): DataTable {
  const hasTargets = rows.some((row) => row.metrics.targeted !== undefined);
  const hasCosts = rows.some(({ cost }) => cost !== undefined);
  const targeted = parts.flatMap(([part, name]) =>
    targetedNumbers.map((number) => ({ part, number, name: `${name}: ${metricStyles[number].name}` })),
  );
  return {
    columns: [
      "edit",
      ...metrics.map((metric) => metricStyles[metric].name),
      ...(hasTargets ? targeted.map(({ name }) => name) : []),
      ...(hasCosts ? costColumns.map(({ name }) => name) : []),
    ],
    rows: rows.map(({ edit, metrics: of, cost }) => [
      editLabel(edit),
      ...metrics.map((metric) => of[metric]),
      ...(hasTargets ? targeted.map(({ part, number }) => of.targeted?.[part][number] ?? null) : []),
      ...(hasCosts ? costColumns.map(({ value }) => (cost ? value(cost) : null)) : []),
    ]),
  };
}
