import { useMemo } from "react";
import { ranked, type Ranked } from "../../recipe/search-ranking";
import type { ClassificationMetrics, TextMetrics } from "../../stages/evaluation/types";
import { useLab } from "../state/lab";
import type { ShownRow } from "../state/results-slice";
import { chosenFloor } from "../state/run-search";
import { textRecipe } from "../state/selectors";
import { foundRows, rowAt } from "../state/shown-rows";

/** What has been found, in the order of its ranking. */
export interface Ranking {
  readonly order: readonly Ranked<ShownRow>[];
  readonly floor: number | undefined;
  readonly unedited: ClassificationMetrics | TextMetrics | undefined;
  readonly isText: boolean;
}

export function useRanking(): Ranking {
  const rows = useLab(foundRows);
  const floor = useLab(chosenFloor);
  const unedited = useLab((lab) => rowAt(lab, 0)?.metrics);
  const isText = useLab((lab) => textRecipe(lab) !== undefined);
  // Without a floor everything is ranked.
  const order = useMemo(() => ranked(rows, floor ?? 0), [rows, floor]);
  return { order, floor, unedited, isText };
}
