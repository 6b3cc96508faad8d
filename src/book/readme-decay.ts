import type { DecayRun, DecaySeries } from "../engine/decay-series";
import type { BandResponse } from "../stages/spectrum/types";
import { markdownTable } from "./markdown-table";
import { placeOf, type TablePlace } from "./readme-table";

export const decayPlace: TablePlace = placeOf("The weight decays", "End of the weight decays");

/**
 * Memorized over clean response of the last layer's down-projection in its flattest band, directions in the order of λ
 * or of σ.
 */
export function flattestRatio({ orders }: DecayRun, basis: "kfac" | "svd"): number | undefined {
  const flattest: BandResponse | undefined = orders.lambda.bands.at(-1)?.[basis].at(-1);
  return flattest && flattest.memorized / flattest.clean;
}

/** The README's table of the series of weight decays. */
export function decayTable({ runs }: DecaySeries): string {
  const share = (value: number): string => (100 * value).toFixed(1);
  const ratio = (value: number | undefined): string => value?.toFixed(2) ?? "none";
  return markdownTable(
    ["weight decay", "memorized", "validation", "split, K-FAC", "split, SVD"],
    runs.map((run) => [
      String(run.weightDecay),
      share(run.point.memorized),
      share(run.point.validation),
      ratio(flattestRatio(run, "kfac")),
      ratio(flattestRatio(run, "svd")),
    ]),
    Array.from({ length: 5 }, () => "right" as const),
  );
}
