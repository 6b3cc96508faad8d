import type { Comparison, Difference } from "../../book/compare";
import { tolerances, toleranceText, type MetricName } from "../../book/tolerances";

/** What a comparison says, for a person to read. */

function value(one: number | string | undefined): string {
  if (one === undefined) return "missing";
  return typeof one === "string" ? one : String(Number(one.toPrecision(6)));
}

/** `false` of a figure that is missing or not a number. */
function change({ stored, computed }: Difference): string {
  if (typeof stored !== "number" || typeof computed !== "number") return "";
  const difference = computed - stored;
  return Number.isFinite(difference)
    ? `${difference > 0 ? "+" : ""}${String(Number(difference.toPrecision(3)))}`
    : "";
}

/** One line per difference; `name` is the stored result's. */
export function differenceTable(name: string, differences: readonly Difference[]): string {
  const head = ["result", "of", "metric", "stored", "computed", "change", "tolerance"];
  const rows = differences.map((one) => [
    name,
    one.of,
    one.part === "" ? one.metric : `${one.metric}, ${one.part}`,
    value(one.stored),
    value(one.computed),
    change(one),
    one.metric === "recipe" ? "" : toleranceText(one.metric),
  ]);
  return table([head, ...rows]);
}

/** Every metric with its tolerance and the largest difference met. */
export function toleranceTable(comparisons: readonly Comparison[]): string {
  const names = Object.keys(tolerances) as MetricName[];
  const rows = names.map((metric) => {
    const met = comparisons.flatMap(({ largest }) => largest.get(metric) ?? []);
    const most = met.length === 0 ? "not met" : String(Number(Math.max(...met).toPrecision(3)));
    return [metric, toleranceText(metric), most, tolerances[metric].why];
  });
  return table([["metric", "tolerance", "largest", "why"], ...rows]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
