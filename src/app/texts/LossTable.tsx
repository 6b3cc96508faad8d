import { useMemo } from "react";
import { FigureTable } from "../plots/FigureTable";
import { editLabel } from "../plots/edit-label";
import type { LossRun } from "../state/texts-slice";

/** The numbers of the token view, row by row. */
export function LossTable({ losses: { result, edits } }: { readonly losses: LossRun }): React.JSX.Element {
  const table = useMemo(
    () => ({
      columns: ["position", "token", ...edits.map((edit) => `${editLabel(edit)}, nats`)],
      rows: (result?.tokens ?? []).map((token, index) => [
        index + 1,
        JSON.stringify(token),
        ...edits.map((_, place) => result?.losses[place]?.[index] ?? null),
      ]),
    }),
    [result, edits],
  );
  return (
    <div className="loss-table">
      <FigureTable title="Loss of every token" table={table} />
    </div>
  );
}
