import type { LayoutAxis } from "plotly.js";
import type { BandResponse } from "../../stages/spectrum/types";

/** Memorized over clean response; undefined where one of them is zero, since a ratio then says nothing. */
export function ratio({ memorized, clean }: BandResponse): number | undefined {
  return memorized > 0 && clean > 0 ? memorized / clean : undefined;
}

/**
 * Standard deviation of log2(memorized / clean) for one memorized and one clean image drawn at random, to first order:
 * √((s_m / m)² + (s_c / c)²) / ln 2. It tells how far single images overlap, not how sure the mean is.
 */
export function ratioSpread(response: BandResponse): number | undefined {
  if (ratio(response) === undefined) return undefined;
  const { memorized, memorizedSpread, clean, cleanSpread } = response;
  return Math.hypot(memorizedSpread / memorized, cleanSpread / clean) / Math.LN2;
}

const TICKS = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1 / 1.5, 1 / 1.2, 1, 1.2, 1.5, 2, 4, 8, 16];

/**
 * An axis of log2(ratio) labelled with the ratios: twice and half are equally far from 1. It is symmetric about 1 and
 * holds all spreads.
 */
export function log2Axis(responses: readonly BandResponse[]): Partial<LayoutAxis> {
  let reach = 0.3;
  for (const response of responses) {
    const value = ratio(response);
    if (value === undefined) continue;
    reach = Math.max(reach, Math.abs(Math.log2(value)) + (ratioSpread(response) ?? 0));
  }
  reach *= 1.08;
  // With room for whole powers of two the finer steps would crowd.
  const ticks = TICKS.filter(
    (tick) => Math.abs(Math.log2(tick)) <= reach && (reach < 1.2 || Number.isInteger(Math.log2(tick))),
  );
  return {
    range: [-reach, reach],
    tickmode: "array",
    tickvals: ticks.map(Math.log2),
    ticktext: ticks.map((tick) => String(Number(tick.toFixed(tick < 0.2 ? 3 : 2)))),
  };
}
