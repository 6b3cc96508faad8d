import type { ClassificationMetrics } from "../../stages/evaluation/types";
import { Explain } from "../controls/Explain";
import { shownLabel } from "../plots/edit-label";
import { count, percent } from "../plots/number-format";
import type { Metric } from "../plots/metric-style";
import { setView, useLab } from "../state/lab";
import { modelLinears, shownPosition } from "../state/selectors";
import { imageMetricsAt, isRowCurrent } from "../state/shown-rows";
import { linearsName } from "./linears-name";

interface Column {
  readonly metric: Metric;
  readonly name: string;
  readonly aim: string;
  readonly group: "memorized" | "clean" | "validation";
}

/** Soft hyphens let the heads break on a phone. */
const columns: readonly Column[] = [
  { metric: "memorized", name: "memo\u00adrized", aim: "↓", group: "memorized" },
  { metric: "groundTruth", name: "ground truth", aim: "↑", group: "memorized" },
  { metric: "clean", name: "clean", aim: "↑", group: "clean" },
  { metric: "validation", name: "vali\u00addation", aim: "↑", group: "validation" },
];

/** One row per edit; the chosen one is compared and changed. */
export function MetricsTable(): React.JSX.Element {
  const edits = useLab((lab) => lab.recipe.recipe?.edits);
  const images = useLab((lab) => imageMetricsAt(lab, 0)?.images);
  return (
    <div className="table-scroll">
      <table className="metrics">
        <caption>
          {images === undefined
            ? "Accuracies in % of the images named."
            : `Accuracies in %, of ${count(images.memorized)} wrongly labelled, ${count(images.clean)} clean and ${count(images.validation)} fresh images.`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Edit</th>
            {columns.map(({ metric, name, aim }) => (
              <th key={metric} scope="col" className={`metric-${metric}`}>
                <Explain term={metric}>{name}</Explain>{" "}
                <span aria-label={aim === "↓" ? "less is better" : "more is better"} role="img">
                  {aim}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(edits ?? [{ method: "none" } as const]).map((edit, position) => (
            <Row key={`${String(position)} ${edit.method}`} position={position} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ position }: { readonly position: number }): React.JSX.Element {
  const edit = useLab((lab) => lab.recipe.recipe?.edits[position]) ?? ({ method: "none" } as const);
  const metrics = useLab((lab) => imageMetricsAt(lab, position));
  const base = useLab((lab) => imageMetricsAt(lab, 0));
  const current = useLab((lab) => isRowCurrent(lab, position));
  const chosen = useLab((lab) => shownPosition(lab) === position);
  const linears = useLab(modelLinears);
  return (
    <tr
      data-chosen={chosen}
      data-stale={metrics !== undefined && !current}
      className={`method-${edit.method}`}
    >
      <th scope="row">
        <label>
          <input type="radio" name="edit" checked={chosen} onChange={() => setView({ edit: position })} />
          <span>
            {shownLabel(edit)}
            {edit.method !== "none" && <small>{linearsName(edit.linears, linears)}</small>}
          </span>
        </label>
      </th>
      {columns.map((column) => (
        <Cell
          key={column.metric}
          column={column}
          metrics={metrics}
          base={position === 0 ? undefined : base}
        />
      ))}
    </tr>
  );
}

function Cell({
  column,
  metrics,
  base,
}: {
  readonly column: Column;
  readonly metrics: ClassificationMetrics | undefined;
  readonly base: ClassificationMetrics | undefined;
}): React.JSX.Element {
  if (metrics === undefined) return <td>…</td>;
  if (metrics.images[column.group] === 0) return <td title="No image of this group was evaluated.">none</td>;
  const value = metrics[column.metric];
  const change = base === undefined ? undefined : (value - base[column.metric]) * 100;
  return (
    <td className={`metric-${column.metric}`} style={{ "--share": value.toFixed(4) }}>
      <span className="metric-value">{percent(value)}</span>
      {change !== undefined && (
        <small>
          <Explain term="change">{signed(change)}</Explain>
        </small>
      )}
    </td>
  );
}

/** Percentage points with their sign: `+4.3`, `−54.8`. */
function signed(points: number): string {
  const rounded = points.toFixed(1);
  if (Number(rounded) === 0) return "±0.0";
  return points > 0 ? `+${rounded}` : rounded.replace("-", "−");
}
