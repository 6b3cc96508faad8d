import { classNames } from "../../stages/data/outlines";
import type { VitConfig } from "../../stages/model/vit-config";
import type { AdamWSpec } from "../adamw";

export const adamW: AdamWSpec = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 1 };

/** A ViT for the 32-pixel images of shapes: 16 patches of 8 pixels and a class token. */
export function smallVit(hiddenSize: number, intermediateSize: number, layers = 4): VitConfig {
  return {
    hiddenSize,
    intermediateSize,
    layers,
    heads: 4,
    layerNormEpsilon: 1e-12,
    imageSize: 32,
    patchSize: 8,
    channels: 3,
    qkvBias: true,
    classNames,
  };
}
