import type { Disentanglement, LinearBands } from "./types";

/** Bands that respond more to one of the groups, or those alone that respond more to memorized samples. */
export type Side = "either" | "memorized";

/**
 * How far memorized and clean samples are told apart: max |log2(memorized / clean)| over the bands of the first and the
 * last of these linears, which stand in the order of their layers; for the side of memorized samples max
 * log2(memorized / clean), which may be below 0. 1 is twice or half. Bands without responses are left out; undefined if
 * there are no others. The measure is the lab's own: the paper's figure 5 shows the ratios.
 */
export function disentanglement(
  linears: readonly LinearBands[],
  basis: "kfac" | "svd",
  side: Side = "either",
): Disentanglement | undefined {
  const ends = new Set([linears[0], linears.at(-1)]);
  let most: Disentanglement | undefined;
  for (const one of ends) {
    if (one === undefined) continue;
    for (const { band, memorized, clean } of one[basis]) {
      if (!(memorized > 0 && clean > 0)) continue;
      const ratio = memorized / clean;
      const size = side === "either" ? Math.abs(Math.log2(ratio)) : Math.log2(ratio);
      if (most === undefined || size > most.size)
        most = { size, ratio, linear: one.linear, band: band.label };
    }
  }
  return most;
}
