import { editLabel } from "../plots/edit-label";
import type { DataTable } from "../plots/chart";
import { metrics, metricStyles } from "../plots/metric-style";
import { fileStem, saveFile, tableToCsv, tableToJson } from "../plots/table-export";
import { useLab } from "../state/lab";
import type { Results } from "../state/results-slice";

/** The table as it is shown, as CSV or JSON. */
export function TableExport(): React.JSX.Element {
  const results = useLab((lab) => lab.results);
  const title = useLab((lab) => lab.recipe.recipe?.title ?? "");
  const disabled = results.edits.every((edit) => edit === undefined);
  const stem = fileStem(`accuracy ${title}`);
  return (
    <>
      <button
        type="button"
        disabled={disabled}
        onClick={() =>
          saveFile(`${stem}.csv`, new Blob([tableToCsv(tableOf(results))], { type: "text/csv" }))
        }
      >
        CSV
      </button>
      <button
        type="button"
        disabled={disabled}
        onClick={() =>
          saveFile(
            `${stem}.json`,
            new Blob([tableToJson("Accuracy by group", sourceOf(results), tableOf(results))], {
              type: "application/json",
            }),
          )
        }
      >
        JSON
      </button>
    </>
  );
}

/** Which model and run exported numbers come from. */
export function sourceOf(results: Results): string {
  const origin = results.origins.edit;
  const from =
    origin?.kind === "stored"
      ? `stored result of ${origin.date}, ${origin.device}`
      : "computed in this browser";
  return `${results.model?.title ?? "unknown model"}; ${from}`;
}

function tableOf({ edits }: Results): DataTable {
  return {
    columns: ["edit", ...metrics.map((metric) => metricStyles[metric].name)],
    rows: edits.flatMap((one) =>
      one === undefined ? [] : [[editLabel(one.edit), ...metrics.map((metric) => one.metrics[metric])]],
    ),
  };
}
