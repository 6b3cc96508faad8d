import { vitParameters } from "../stages/model/vit";
import type { VitConfig } from "../stages/model/vit-config";
import { float32, type FloatTensor } from "../tensor/host-tensor";
import { RandomStream } from "../tensor/random";
import { sizeOf } from "../tensor/shape";

const initialDeviation = 0.02;

/** Weights a ViT starts from: truncated normal (0.02) matrices and embeddings, unit norms, zero biases. */
export function initialVitWeights(config: VitConfig, seed: number): Map<string, FloatTensor> {
  return new Map(
    [...vitParameters(config)].map(([name, shape], i) => {
      const stream = new RandomStream(seed, i);
      const isNormScale = name.includes("layernorm") && name.endsWith(".weight");
      const draw = (): number => {
        if (shape.length > 1) return stream.truncatedNormal(initialDeviation);
        return isNormScale ? 1 : 0;
      };
      return [name, float32(shape, Float32Array.from({ length: sizeOf(shape) }, draw))];
    }),
  );
}
