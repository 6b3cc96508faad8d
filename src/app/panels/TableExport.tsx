import type { DataTable } from "../plots/chart";
import { fileStem, saveFile, tableToCsv, tableToJson } from "../plots/table-export";
import { useLab } from "../state/lab";
import { sourceOf, textRecipe } from "../state/selectors";
import type { Results } from "../state/results-slice";
import { textTable } from "../texts/text-table";
import { imageTable } from "./image-table";

/** The table as it is shown, as CSV or JSON. */
export function TableExport(): React.JSX.Element {
  const results = useLab((lab) => lab.results);
  const source = useLab((lab) => sourceOf(lab, "edit"));
  const title = useLab((lab) => lab.recipe.recipe?.title ?? "");
  const disabled = results.edits.every((edit) => edit === undefined);
  const name = useLab((lab) =>
    textRecipe(lab) === undefined ? "Accuracy by group" : "Recitation and ability",
  );
  const stem = fileStem(`${name} ${title}`);
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
            new Blob([tableToJson(name, source, tableOf(results))], {
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

function tableOf({ edits }: Results): DataTable {
  const texts = edits.filter((one) => one?.modality === "text");
  return texts.length > 0 ? textTable(texts) : imageTable(edits.filter((one) => one?.modality === "images"));
}
