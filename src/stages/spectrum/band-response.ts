import type { Band, BandResponse } from "./types";

/** Mean |vᵢ·x| over the tokens of every image, [images, directions]. */
export interface ImageResponses {
  readonly images: number;
  readonly directions: number;
  readonly values: Float32Array;
}

/** A band and the weight of every direction in it. */
export interface WeightedBand {
  readonly band: Band;
  readonly weights: Float64Array;
}

/**
 * Mean response of each band and its standard deviation over images (of these images, not an estimate for others).
 * NaN where there is nothing to average: a group without images, a band without directions.
 */
export function bandResponses(
  memorized: ImageResponses,
  clean: ImageResponses,
  bands: readonly WeightedBand[],
): BandResponse[] {
  return bands.map(({ band, weights }) => {
    const ofMemorized = meanAndSpread(memorized, weights, band);
    const ofClean = meanAndSpread(clean, weights, band);
    return {
      band,
      memorized: ofMemorized.mean,
      clean: ofClean.mean,
      memorizedSpread: ofMemorized.spread,
      cleanSpread: ofClean.spread,
    };
  });
}

function meanAndSpread(
  { images, directions, values }: ImageResponses,
  weights: Float64Array,
  band: Band,
): { mean: number; spread: number } {
  if (weights.length !== directions || values.length !== images * directions) {
    throw new RangeError(
      `band ${band.label}: expected ${images}×${directions} responses and as many weights as directions, ` +
        `got ${values.length} and ${weights.length}`,
    );
  }
  const responses = new Float64Array(images);
  let weightSum = 0;
  for (const weight of weights) weightSum += weight;
  for (let image = 0; image < images; image++) {
    let sum = 0;
    for (let i = 0; i < directions; i++) sum += (weights[i] ?? 0) * (values[image * directions + i] ?? 0);
    responses[image] = sum / weightSum;
  }
  const mean = responses.reduce((sum, response) => sum + response, 0) / images;
  const square = responses.reduce((sum, response) => sum + (response - mean) ** 2, 0) / images;
  return { mean, spread: Math.sqrt(square) };
}
