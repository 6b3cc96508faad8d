import { olmo2Parameters } from "../../src/stages/model/olmo2";
import type { Olmo2Config } from "../../src/stages/model/olmo2-config";
import { float32, type FloatTensor } from "../../src/tensor/host-tensor";
import { RandomStream } from "../../src/tensor/random";
import { sizeOf } from "../../src/tensor/shape";
import type { ReferenceModel } from "./olmo2-reference";

/** Small OLMo-2 models of sizes that divide nothing evenly. */
export const tinyOlmo2: Olmo2Config = {
  vocabulary: 37,
  hiddenSize: 30,
  intermediateSize: 22,
  layers: 5,
  heads: 5,
  keyValueHeads: 1,
  headSize: 6,
  contextLength: 64,
  normEpsilon: 1e-5,
  ropeTheta: 10_000,
  tiedHead: true,
  endTokens: [0],
};

/** More heads than fit the width, in groups that share keys; a head of its own. */
export const wideHeadedOlmo2: Olmo2Config = {
  ...tinyOlmo2,
  vocabulary: 11,
  hiddenSize: 20,
  layers: 2,
  heads: 6,
  keyValueHeads: 3,
  headSize: 4,
  ropeTheta: 100,
  tiedHead: false,
};

/** Random weights, large enough for attention that is far from even. */
export function olmo2Weights(config: Olmo2Config, seed: number): Map<string, FloatTensor> {
  const random = new RandomStream(seed);
  return new Map(
    [...olmo2Parameters(config)].map(([name, shape]) => {
      const [mean, deviation] = shape.length === 1 ? [1, 0.3] : [0, 0.5];
      const values = Float32Array.from({ length: sizeOf(shape) }, () => mean + deviation * random.normal());
      return [name, float32(shape, values)];
    }),
  );
}

export function referenceModel(
  config: Olmo2Config,
  weights: ReadonlyMap<string, FloatTensor>,
): ReferenceModel {
  return {
    layers: config.layers,
    heads: config.heads,
    keyValueHeads: config.keyValueHeads,
    headSize: config.headSize,
    epsilon: config.normEpsilon,
    theta: config.ropeTheta,
    tied: config.tiedHead,
    weights: new Map([...weights].map(([name, { data }]) => [name, Float64Array.from(data)])),
  };
}
