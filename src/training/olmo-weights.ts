import { olmo2Parameters } from "../stages/model/olmo2";
import type { Olmo2Config } from "../stages/model/olmo2-config";
import { float32, type FloatTensor } from "../tensor/host-tensor";
import { RandomStream } from "../tensor/random";
import { sizeOf } from "../tensor/shape";

const initialDeviation = 0.02;

/** Weights an OLMo-2 starts from: truncated normal (0.02) matrices and embeddings, unit norms. */
export function initialOlmoWeights(config: Olmo2Config, seed: number): Map<string, FloatTensor> {
  return new Map(
    [...olmo2Parameters(config)].map(([name, shape], i) => {
      const stream = new RandomStream(seed, i);
      const draw = (): number => (shape.length > 1 ? stream.truncatedNormal(initialDeviation) : 1);
      return [name, float32(shape, Float32Array.from({ length: sizeOf(shape) }, draw))];
    }),
  );
}
