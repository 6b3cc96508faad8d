import type { DataTable } from "../plots/chart";
import { fileStem, saveFile, tableToCsv, tableToJson } from "../plots/table-export";
import { useLab, type Lab } from "../state/lab";
import { sourceOf } from "../state/origins";
import { textRecipe } from "../state/selectors";
import { imageMetricsAt, rowAt, textMetricsAt } from "../state/shown-rows";
import { textTable } from "../texts/text-table";
import { imageTable } from "./image-table";

/** The table as it is shown, as CSV or JSON. */
export function TableExport(): React.JSX.Element {
  const disabled = useLab((lab) => positions(lab).every((position) => rowAt(lab, position) === undefined));
  const save = (kind: "csv" | "json"): void => {
    const lab = useLab.getState();
    const name = textRecipe(lab) === undefined ? "Accuracy by group" : "Recitation and ability";
    const table = tableOf(lab);
    const text = kind === "csv" ? tableToCsv(table) : tableToJson(name, sourceOf(lab, "edit"), table);
    const type = kind === "csv" ? "text/csv" : "application/json";
    const stem = fileStem(`${name} ${lab.recipe.recipe?.title ?? ""}`);
    saveFile(`${stem}.${kind}`, new Blob([text], { type }));
  };
  return (
    <>
      <button type="button" disabled={disabled} onClick={() => save("csv")}>
        CSV
      </button>
      <button type="button" disabled={disabled} onClick={() => save("json")}>
        JSON
      </button>
    </>
  );
}

function positions({ recipe }: Lab): readonly number[] {
  return (recipe.recipe?.edits ?? []).map((_, position) => position);
}

function tableOf(lab: Lab): DataTable {
  /** The rows of one kind of model; what an edit took is known of those with results alone. */
  const rowsOf = <M,>(metricsAt: (lab: Lab, position: number) => M | undefined) =>
    positions(lab).flatMap((position) => {
      const [row, metrics] = [rowAt(lab, position), metricsAt(lab, position)];
      if (row === undefined || metrics === undefined) return [];
      const result = lab.results.edits[position];
      const cost = row === result ? result.cost : undefined;
      return [{ edit: row.edit, metrics, ...(cost && { cost }) }];
    });
  return textRecipe(lab) === undefined
    ? imageTable(rowsOf(imageMetricsAt))
    : textTable(rowsOf(textMetricsAt));
}
