import type { DataTable } from "./chart";
import { short } from "./number-format";

/** More rows than a person reads; exports hold all. */
const SHOWN_ROWS = 400;

/** The numbers of a figure in the place of its picture; it scrolls by pointer and by arrow keys. */
export function FigureTable({
  title,
  table,
}: {
  readonly title: string;
  readonly table: DataTable;
}): React.JSX.Element {
  const hidden = table.rows.length - SHOWN_ROWS;
  return (
    // A scrolling region must be reachable by keyboard to be scrolled by it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="figure-table" role="region" aria-label={`Values: ${title}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th key={column} scope="col" className={isText(table.rows[0]?.[index])}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, SHOWN_ROWS).map((row, index) => (
            <tr key={index}>
              {row.map((value, column) => (
                <td key={column} className={isText(value)}>
                  {typeof value === "number" ? number(value) : (value ?? "–")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && <p>{hidden} more rows are in the CSV and JSON files.</p>}
    </div>
  );
}

/** Ranks and counts in full, measured values in three digits. */
function number(value: number): string {
  return Number.isInteger(value) ? String(value) : short(value);
}

function isText(value: unknown): string | undefined {
  return typeof value === "string" ? "is-text" : undefined;
}
