import { Explain } from "../controls/Explain";
import { shownLabel } from "../plots/edit-label";
import { count } from "../plots/number-format";
import { useLab } from "../state/lab";
import { isShownCurrent, resultAt, shownPosition } from "../state/selectors";
import { elapsedText } from "./progress-text";

/** What it takes to make each edit: time, and samples that somebody has to label as memorized or not. */
export function CostTable(): React.JSX.Element {
  const edits = useLab((lab) => lab.recipe.recipe?.edits);
  return (
    <table className="metrics cost-metrics">
      <caption>What it takes to make each edit.</caption>
      <thead>
        <tr>
          <th scope="col">Edit</th>
          <th scope="col">
            <Explain term="editSeconds">time</Explain>
          </th>
          <th scope="col">
            <Explain term="sharedSeconds">shared time</Explain>
          </th>
          <th scope="col">
            <Explain term="labelled">labelled samples</Explain>
          </th>
        </tr>
      </thead>
      <tbody>
        {(edits ?? []).map((edit, position) =>
          edit.method === "none" ? null : (
            <Row key={`${String(position)} ${edit.method}`} position={position} label={shownLabel(edit)} />
          ),
        )}
      </tbody>
    </table>
  );
}

function Row({ position, label }: { readonly position: number; readonly label: string }): React.JSX.Element {
  const result = useLab((lab) => resultAt(lab, position));
  const current = useLab((lab) => isShownCurrent(lab, position));
  const chosen = useLab((lab) => shownPosition(lab) === position);
  const cost = result?.cost;
  const unknown = result === undefined ? "…" : "–";
  const seconds = (value: number | undefined): string =>
    value === undefined ? unknown : value === 0 ? "none" : elapsedText(1000 * value);
  const labels = cost === undefined ? undefined : cost.forget + cost.retain;
  return (
    <tr data-chosen={chosen} data-stale={result !== undefined && !current}>
      <th scope="row">{label}</th>
      <td className="metric-value">{seconds(cost?.seconds)}</td>
      <td className="metric-value">{seconds(cost?.sharedSeconds)}</td>
      <td>
        <span className="metric-value">
          {labels === undefined ? unknown : labels === 0 ? "none" : count(labels)}
        </span>
        <small>{cost !== undefined && cost.forget > 0 ? `${count(cost.forget)} to forget` : "\u00a0"}</small>
      </td>
    </tr>
  );
}
