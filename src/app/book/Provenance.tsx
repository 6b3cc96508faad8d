import type { Card } from "../../book/card";
import { comparedEdits } from "../../book/pick";
import { runSpecs } from "../../book/run-specs";
import { linearsName } from "../panels/linears-name";
import { editLabel } from "../plots/edit-label";
import { useLab } from "../state/lab";

/** Which model and edits our numbers are of, and when and on what they were computed. */
export function Provenance(props: {
  readonly card: Card;
  readonly name: string | undefined;
}): React.JSX.Element {
  const { card, name } = props;
  const entry = useLab(({ book }) => (name === undefined ? undefined : book.runs[name]));
  const model = useLab(({ recipe }) => {
    const spec = runSpecs.find((one) => one.name === name);
    return recipe.catalogue?.models.find((one) => one.name === spec?.model)?.title ?? spec?.model;
  });
  if (entry?.kind === "failed")
    return (
      <p className="book-fault" role="alert">
        These results could not be read: {entry.message}. Reload the page, or open the lab and compute them.
      </p>
    );
  if (entry?.kind === "missing")
    return <p className="muted">Not stored with this page: open the lab and compute it there.</p>;
  if (entry?.kind !== "ready") return <p className="muted">Results are being fetched.</p>;
  const { run } = entry;
  return (
    <div className="provenance muted">
      <p>
        Model {model}; computed {run.computed.date} with {run.computed.device}. Edits compared:
      </p>
      <ul>
        {(card.compared ?? comparedEdits)(run).map((edit) => (
          <li key={JSON.stringify(edit)}>
            {editLabel(edit)}
            {edit.method !== "none" && `: ${linearsName(edit.linears, run.linears)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
