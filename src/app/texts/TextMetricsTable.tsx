import type { Fact } from "../../stages/data/types";
import type { TextMetrics } from "../../stages/evaluation/types";
import { Explain } from "../controls/Explain";
import { linearsName } from "../panels/linears-name";
import { shownLabel } from "../plots/edit-label";
import { count, percent } from "../plots/number-format";
import {
  abilityColumns,
  factKinds,
  memoryColumns,
  signed,
  type TextColumn,
} from "../plots/text-metric-style";
import { setView, useLab } from "../state/lab";
import { modelLinears, shownPosition } from "../state/selectors";
import { isRowCurrent, textMetricsAt } from "../state/shown-rows";

/** Numbers of every edit: what is recited, what is kept, and which facts are known. The chosen edit is compared and changed. */
export function TextMetricsTable(): React.JSX.Element {
  const base = useLab((lab) => textMetricsAt(lab, 0));
  const counted =
    base === undefined
      ? "planted passages, quotes, held out"
      : `${count(base.planted.passages)} planted passages, ${count(base.quotes.passages)} quotes, ${count(base.heldOut.passages)} held out`;
  return (
    <div className="text-tables">
      <MetricRows caption={`Recited, in %: ${counted}.`} columns={memoryColumns} chooses />
      <MetricRows caption="Kept, on text the model never saw." columns={abilityColumns} />
      <details>
        <summary>Facts by kind</summary>
        <FactTable />
      </details>
    </div>
  );
}

function MetricRows(props: {
  readonly caption: string;
  readonly columns: readonly TextColumn[];
  /** Whether an edit is chosen by this table. */
  readonly chooses?: boolean;
}): React.JSX.Element {
  return (
    <div className="table-scroll">
      <table className="metrics text-metrics">
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">Edit</th>
            {props.columns.map((column) => (
              <Head key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <EditRows chooses={props.chooses ?? false}>
          {(metrics, base) =>
            props.columns.map((column) => (
              <Cell key={column.key} column={column} metrics={metrics} base={base} />
            ))
          }
        </EditRows>
      </table>
    </div>
  );
}

function Head({ column }: { readonly column: TextColumn }): React.JSX.Element {
  const { term, name, aim, colour } = column;
  return (
    <th scope="col" style={{ color: `var(--${colour})` }}>
      <Explain term={term}>{name}</Explain>
      {aim !== "none" && (
        <span aria-label={aim === "less" ? "less is better" : "more is better"} role="img">
          {aim === "less" ? "\u00a0↓" : "\u00a0↑"}
        </span>
      )}
    </th>
  );
}

/** `base` is what the numbers are compared with; none for the unedited model itself. */
type CellsOf = (
  metrics: TextMetrics | undefined,
  base: TextMetrics | "waiting" | undefined,
) => React.ReactNode;

function EditRows(props: { readonly chooses: boolean; readonly children: CellsOf }): React.JSX.Element {
  const edits = useLab((lab) => lab.recipe.recipe?.edits) ?? [{ method: "none" } as const];
  return (
    <tbody>
      {edits.map((edit, position) => (
        <Row key={`${String(position)} ${edit.method}`} position={position} chooses={props.chooses}>
          {props.children}
        </Row>
      ))}
    </tbody>
  );
}

function Row(props: {
  readonly position: number;
  readonly chooses: boolean;
  readonly children: CellsOf;
}): React.JSX.Element {
  const { position, chooses } = props;
  const edit = useLab((lab) => lab.recipe.recipe?.edits[position]) ?? ({ method: "none" } as const);
  const metrics = useLab((lab) => textMetricsAt(lab, position));
  const base = useLab((lab) => textMetricsAt(lab, 0));
  const current = useLab((lab) => isRowCurrent(lab, position));
  const chosen = useLab((lab) => shownPosition(lab) === position);
  const linears = useLab(modelLinears);
  const label = shownLabel(edit);
  return (
    <tr data-chosen={chosen} data-stale={metrics !== undefined && !current}>
      <th scope="row">
        {chooses ? (
          <label>
            <input type="radio" name="edit" checked={chosen} onChange={() => setView({ edit: position })} />
            <span>
              {label}
              {edit.method !== "none" && <small>{linearsName(edit.linears, linears)}</small>}
            </span>
          </label>
        ) : (
          label
        )}
      </th>
      {props.children(metrics, position === 0 ? undefined : (base ?? "waiting"))}
    </tr>
  );
}

function Cell({
  column,
  metrics,
  base,
}: {
  readonly column: TextColumn;
  readonly metrics: TextMetrics | undefined;
  readonly base: TextMetrics | "waiting" | undefined;
}): React.JSX.Element {
  const value = metrics && column.value(metrics);
  const before = typeof base === "object" ? column.value(base) : undefined;
  // A row that will have a second line has it from the first: a text that is still being written moves nothing.
  if (value === undefined) return <td>…{base !== undefined && <small>{"\u00a0"}</small>}</td>;
  if (Number.isNaN(value)) return <td title="No text of this group was evaluated.">none</td>;
  return (
    <td>
      <span className="metric-value">{column.show(value)}</span>
      {before !== undefined && (
        <small>
          <Explain term="textChange">{column.change(value, before)}</Explain>
        </small>
      )}
    </td>
  );
}

function FactTable(): React.JSX.Element {
  return (
    <table className="metrics text-metrics">
      <caption>Facts answered exactly, in % of those of their kind.</caption>
      <thead>
        <tr>
          <th scope="col">Edit</th>
          {factKinds.map(({ kind, example }) => (
            <th key={kind} scope="col">
              {kind}
              <small>{example} …</small>
            </th>
          ))}
        </tr>
      </thead>
      <EditRows chooses={false}>
        {(metrics, base) =>
          factKinds.map(({ kind }) => <FactCell key={kind} kind={kind} metrics={metrics} base={base} />)
        }
      </EditRows>
    </table>
  );
}

function FactCell(props: {
  readonly kind: Fact["kind"];
  readonly metrics: TextMetrics | undefined;
  readonly base: TextMetrics | "waiting" | undefined;
}): React.JSX.Element {
  const { kind, metrics, base } = props;
  if (metrics === undefined) return <td>…{base !== undefined && <small>{"\u00a0"}</small>}</td>;
  return (
    <td>
      <span className="metric-value">{percent(metrics.facts[kind])}</span>
      {typeof base === "object" && (
        <small>
          <Explain term="textChange">{signed(100 * (metrics.facts[kind] - base.facts[kind]), 1)}</Explain>
        </small>
      )}
    </td>
  );
}
