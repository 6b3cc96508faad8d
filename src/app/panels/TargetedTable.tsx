import type { ScanRow } from "../../engine/api";
import { Explain } from "../controls/Explain";
import { shownLabel } from "../plots/edit-label";
import { targetedImageColumns, targetedTextColumns, type TargetedColumn } from "../plots/targeted-columns";
import { useLab } from "../state/lab";
import { hasForgetSet, shownPosition, textRecipe } from "../state/selectors";
import { isRowCurrent, rowAt } from "../state/shown-rows";

interface Cell {
  readonly text: string;
  readonly detail: string;
}

/** What a mask was taught to forget against what it was not (paper, Table 1); nothing where no edit is taught. */
export function TargetedTable(): React.JSX.Element | null {
  const shown = useLab(hasForgetSet);
  const isText = useLab((lab) => textRecipe(lab) !== undefined);
  const edits = useLab((lab) => lab.recipe.recipe?.edits);
  if (!shown || edits === undefined) return null;
  const what = isText
    ? "Mean Levenshtein distance of planted passages to what was planted, and the share still recited"
    : "Share of wrongly labelled images that still get the wrong label, and the share that gets the true one";
  return (
    <table className="metrics targeted-metrics">
      <caption>
        Targeted against untargeted. {what}: in the forget set and beyond it. Edits that are not taught are
        parted as the first that is.
      </caption>
      <thead>
        <tr>
          <th scope="col">Edit</th>
          {isText ? targetedTextColumns.map(head) : targetedImageColumns.map(head)}
        </tr>
      </thead>
      <tbody>
        {edits.map((edit, position) => (
          <Row key={`${String(position)} ${edit.method}`} position={position} label={shownLabel(edit)} />
        ))}
      </tbody>
    </table>
  );
}

function head<M>({ name, term, aim, colour }: TargetedColumn<M>): React.JSX.Element {
  return (
    <th key={name} scope="col" style={{ color: `var(--${colour})` }}>
      <Explain term={term}>{name}</Explain>
      <span aria-label={aim === "less" ? "less is better" : "more is better"} role="img">
        {aim === "less" ? "\u00a0↓" : "\u00a0↑"}
      </span>
    </th>
  );
}

function Row({ position, label }: { readonly position: number; readonly label: string }): React.JSX.Element {
  const metrics = useLab((lab) => rowAt(lab, position)?.metrics);
  const isText = useLab((lab) => textRecipe(lab) !== undefined);
  const current = useLab((lab) => isRowCurrent(lab, position));
  const chosen = useLab((lab) => shownPosition(lab) === position);
  const columns = isText ? targetedTextColumns.length : targetedImageColumns.length;
  const cells = cellsOf(metrics) ?? Array.from({ length: columns }, () => ({ text: "…", detail: "\u00a0" }));
  return (
    <tr data-chosen={chosen} data-stale={metrics !== undefined && !current}>
      <th scope="row">{label}</th>
      {cells.map(({ text, detail }, at) => (
        <td key={at}>
          <span className="metric-value">{text}</span>
          <small>{detail}</small>
        </td>
      ))}
    </tr>
  );
}

function cellsOf(metrics: ScanRow["metrics"] | undefined): readonly Cell[] | undefined {
  if (metrics === undefined) return undefined;
  return "ndcg" in metrics
    ? targetedTextColumns.map((column) => cellOf(column, metrics))
    : targetedImageColumns.map((column) => cellOf(column, metrics));
}

function cellOf<M>({ value, show, detail }: TargetedColumn<M>, metrics: M): Cell {
  const number = value(metrics);
  if (number === undefined) return { text: "…", detail: detail(metrics) || "\u00a0" };
  if (Number.isNaN(number)) return { text: "none", detail: "\u00a0" };
  return { text: show(number), detail: detail(metrics) || "\u00a0" };
}
