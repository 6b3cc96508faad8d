import type { SourceId } from "../../recipe/text-source";
import { fileStem, saveFile, tableToCsv, tableToJson } from "../plots/table-export";
import { useLab } from "../state/lab";
import { sourceOf } from "../state/origins";
import { sourceTable } from "./source-table";
import { useSourceNumbers } from "./use-source-numbers";

/** The table of sources as CSV or JSON. */
export function SourcesExport({ sources }: { readonly sources: readonly SourceId[] }): React.JSX.Element {
  const numbers = useSourceNumbers(sources).filter((one) => one !== undefined);
  const texts = useLab((lab) => lab.sources.texts);
  const source = useLab((lab) => sourceOf(lab, "factors"));
  const disabled = numbers.length === 0;
  const stem = fileStem("Factors by source");
  const save = (kind: "csv" | "json"): void => {
    const table = sourceTable(numbers, texts);
    const content = kind === "csv" ? tableToCsv(table) : tableToJson("Factors by source", source, table);
    const type = kind === "csv" ? "text/csv" : "application/json";
    saveFile(`${stem}.${kind}`, new Blob([content], { type }));
  };
  return (
    <>
      <button type="button" disabled={disabled} onClick={() => save("csv")}>
        CSV<span className="visually-hidden"> of the sources</span>
      </button>
      <button type="button" disabled={disabled} onClick={() => save("json")}>
        JSON<span className="visually-hidden"> of the sources</span>
      </button>
    </>
  );
}
