import { useMemo } from "react";
import type { ScanRow } from "../../engine/api";
import { standardError, type Ranked } from "../../recipe/search-ranking";
import type { ClassificationMetrics, TextMetrics } from "../../stages/evaluation/types";
import type { Linear } from "../../stages/model/types";
import { linearsName } from "../panels/linears-name";
import { ChartFigure } from "./ChartFigure";
import { count } from "./number-format";
import { searchChart } from "./search-figure";

/** Memory against ability of every edit that a search has found; rows may come in one by one. */
export function SearchPlot(props: {
  readonly order: readonly Ranked<ScanRow>[];
  readonly floor: number | undefined;
  readonly unedited: ClassificationMetrics | TextMetrics | undefined;
  readonly isText: boolean;
  readonly linears: readonly Linear[];
  readonly source?: string | undefined;
}): React.JSX.Element {
  const { order, floor, unedited, isText, linears } = props;
  const chart = useMemo(
    () => searchChart(order, floor, unedited, isText, (ids) => linearsName(ids, linears)),
    [order, floor, unedited, isText, linears],
  );
  return (
    <ChartFigure
      title="Memory against ability"
      chart={chart}
      source={props.source}
      below={
        <p className="figure-note">
          Largest mark: the first of the ranking. Dotted: the least ability that is ranked. {errorText(order)}
        </p>
      }
    />
  );
}

/** How far counting alone can move a share: two edits closer than that are not told apart. */
function errorText(order: readonly Ranked<ScanRow>[]): string {
  const first = order[0];
  if (first === undefined) return "";
  const { metrics } = first.row;
  const samples = "ndcg" in metrics ? metrics.planted.passages : metrics.images.memorized;
  const what = "ndcg" in metrics ? "passages" : "wrongly labelled images";
  const points = (100 * standardError(first.memory, samples)).toFixed(1);
  return `Memory is counted over ${count(samples)} ${what}: at the first of the ranking ±${points} points.`;
}
