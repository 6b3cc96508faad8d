import { staircaseByCount } from "../../tensor/staircase";
import type { Band, SpectrumSpec } from "./types";

/** The bands of the paper's Figure 2. */
export const standardBands: readonly Band[] = [
  { from: 0, to: 0.1, label: "top 10 %" },
  { from: 0.1, to: 0.25, label: "10–25 %" },
  { from: 0.25, to: 0.5, label: "25–50 %" },
  { from: 0.5, to: 1, label: "bottom 50 %" },
];

/** First position of a percentile among `count`, rounded down; 0.29·100 is 29 although float64 puts it below. */
function positionOf(percentile: number, count: number): number {
  if (!(percentile >= 0 && percentile <= 1)) {
    throw new RangeError(`band: expected percentiles from 0 to 1, got ${percentile}`);
  }
  return Math.floor(percentile * count * (1 + 2 ** -50));
}

/** What a float32 factor cannot tell from 0, as a share of its largest eigenvalue. */
const ROUNDING = 2 ** -23;

/**
 * Eigenvalues with those that are rounding alone put to 0. Of a factor of low rank most are; which of their products is the
 * larger would be chance, and with it the bands. So they tie, and follow one another by direction.
 */
function aboveRounding(values: Float32Array): Float32Array {
  const floor = (values[0] ?? 0) * ROUNDING;
  return values.map((value) => (value > floor ? value : 0));
}

/**
 * How many pairs (i, j) of a band contain direction i of A. A pair's response is ‖uⱼvᵢᵀx‖ = |vᵢ·x| for every j, so the
 * mean response of a band over all its pairs is the mean of |vᵢ·x| under these weights.
 * `product`: bands are percentile ranges of the pairs by λᵢμⱼ. `lambda`: of the directions by λᵢ, with all partners.
 */
export function bandWeights(
  lambda: Float32Array,
  mu: Float32Array,
  band: Band,
  order: SpectrumSpec["bandOrder"],
): Float64Array<ArrayBuffer> {
  if (order === "lambda") return directionWeights(lambda.length, band, mu.length);
  const pairs = lambda.length * mu.length;
  const [inputs, outputs] = [aboveRounding(lambda), aboveRounding(mu)];
  const before = staircaseByCount(inputs, outputs, positionOf(band.from, pairs));
  const until = staircaseByCount(inputs, outputs, positionOf(band.to, pairs));
  return Float64Array.from(until.keep, (j, i) => j - (before.keep[i] ?? 0));
}

/** Weight 1 for the singular directions in the band, which are ordered by σ. */
export function singularBandWeights(directions: number, band: Band): Float64Array<ArrayBuffer> {
  return directionWeights(directions, band, 1);
}

function directionWeights(directions: number, band: Band, weight: number): Float64Array<ArrayBuffer> {
  const from = positionOf(band.from, directions);
  const to = positionOf(band.to, directions);
  return Float64Array.from({ length: directions }, (_, i) => (i >= from && i < to ? weight : 0));
}
