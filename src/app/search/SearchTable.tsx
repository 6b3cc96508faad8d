import { useMemo, useState } from "react";
import type { Ranked } from "../../recipe/search-ranking";
import type { TermName } from "../glossary/glossary";
import { Explain } from "../controls/Explain";
import { linearsName } from "../panels/linears-name";
import { editStrength, methodName } from "../plots/edit-label";
import { count, percent } from "../plots/number-format";
import { fileStem, saveFile, tableToCsv, tableToJson } from "../plots/table-export";
import { useLab } from "../state/lab";
import { openEdit } from "../state/run-search";
import { isMixed, sourceOf } from "../state/origins";
import type { ShownRow } from "../state/results-slice";
import { modelLinears } from "../state/selectors";
import { searchTable, sortedRows, type SortKey, type Sorting } from "./search-table";

/** Rows shown before all are asked for. */
const FIRST = 12;

interface Column {
  readonly key: SortKey;
  readonly name: string;
  readonly term?: TermName;
}

/** Soft hyphens let the heads break on a phone. */
const columnsOf = (isText: boolean): readonly Column[] => [
  { key: "rank", name: "rank", term: "searchRank" },
  { key: "edit", name: "edit" },
  { key: "memory", name: isText ? "strict" : "memo\u00adrized", term: isText ? "strict" : "memorized" },
  { key: "ability", name: isText ? "nDCG @10" : "vali\u00addation", term: isText ? "ndcg" : "validation" },
];

/** What the search has found: ranked, sortable, each row to be opened as an edit. */
export function SearchTable(props: {
  readonly order: readonly Ranked<ShownRow>[];
  readonly floor: number | undefined;
  readonly isText: boolean;
}): React.JSX.Element {
  const { order, floor, isText } = props;
  const [sorting, setSorting] = useState<Sorting>({ key: "rank", descending: false });
  const [all, setAll] = useState(false);
  const linears = useLab(modelLinears);
  const mixed = useLab((lab) => isMixed(lab, "search"));
  const sorted = useMemo(() => sortedRows(order, sorting), [order, sorting]);
  const ability = (value: number): string => (isText ? value.toFixed(3) : percent(value));
  const sortBy = (key: SortKey): void =>
    setSorting((before) => ({ key, descending: before.key === key && !before.descending }));
  return (
    <>
      <div className="table-scroll">
        <table className="metrics search-table">
          <caption>
            {count(order.length)} edits by memory at{" "}
            {floor === undefined ? "any ability" : `an ability of at least ${ability(floor)}`}; ● nothing
            found beats it in both.
          </caption>
          <thead>
            <tr>
              {columnsOf(isText).map(({ key, name, term }) => (
                <th key={key} scope="col" aria-sort={ariaSort(sorting, key)}>
                  {term === undefined ? name : <Explain term={term}>{name}</Explain>}{" "}
                  <button
                    type="button"
                    className="sort"
                    aria-label={`Sort by ${name.replaceAll("\u00ad", "")}`}
                    onClick={() => sortBy(key)}
                  >
                    {sorting.key !== key ? "↕" : sorting.descending ? "↓" : "↑"}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, all ? undefined : FIRST).map((one) => (
              <tr key={JSON.stringify(one.row.edit)} data-below={one.rank === undefined}>
                <td>
                  {one.rank ?? "–"}
                  {one.onFront && (
                    <span role="img" aria-label="on the Pareto front" className="front">
                      {" ●"}
                    </span>
                  )}
                </td>
                <th scope="row">
                  {methodName(one.row.edit)}, {editStrength(one.row.edit).replaceAll(" %", "\u00a0%")}
                  {one.row.edit.method !== "none" && (
                    <small>
                      {linearsName(one.row.edit.linears, linears)}
                      {mixed && one.row.origin.kind === "stored" && " (stored)"}
                    </small>
                  )}
                  <OpenButton row={one.row} />
                </th>
                <td>{percent(one.memory)}</td>
                <td>{ability(one.ability)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="button-row">
        {order.length > FIRST && (
          <button type="button" aria-pressed={all} onClick={() => setAll(!all)}>
            {all ? `First ${String(FIRST)} only` : `All ${count(order.length)}`}
          </button>
        )}
        <ExportButtons order={sorted} isText={isText} />
      </div>
    </>
  );
}

function OpenButton({ row }: { readonly row: ShownRow }): React.JSX.Element {
  return (
    <button
      type="button"
      className="link open-edit"
      onClick={() => {
        if (row.edit.method !== "none") openEdit(row.edit);
      }}
    >
      Open
    </button>
  );
}

function ExportButtons(props: {
  readonly order: readonly Ranked<ShownRow>[];
  readonly isText: boolean;
}): React.JSX.Element {
  const linears = useLab(modelLinears);
  const source = useLab((lab) => `${sourceOf(lab, "search")}; search over layers`);
  const title = useLab((lab) => `Search over layers: ${lab.recipe.recipe?.title ?? ""}`);
  const save = (kind: "csv" | "json"): void => {
    const table = searchTable(props.order, props.isText, (ids) => linearsName(ids, linears));
    const text = kind === "csv" ? tableToCsv(table) : tableToJson(title, source, table);
    const type = kind === "csv" ? "text/csv" : "application/json";
    saveFile(`${fileStem(title)}.${kind}`, new Blob([text], { type }));
  };
  return (
    <>
      <button type="button" onClick={() => save("csv")}>
        CSV
      </button>
      <button type="button" onClick={() => save("json")}>
        JSON
      </button>
    </>
  );
}

function ariaSort(sorting: Sorting, key: SortKey): "ascending" | "descending" | "none" {
  if (sorting.key !== key) return "none";
  return sorting.descending ? "descending" : "ascending";
}
