import { writeSafetensors } from "../../src/files/safetensors-writer";
import type { ImageRecipe } from "../../src/recipe/schema";
import { classNames } from "../../src/stages/data/outlines";
import { vitParameters } from "../../src/stages/model/vit";
import { vitConfigJson, type VitConfig } from "../../src/stages/model/vit-config";
import { float32 } from "../../src/tensor/host-tensor";
import { RandomStream } from "../../src/tensor/random";
import { sizeOf } from "../../src/tensor/shape";

/** The smallest ViT that the lab takes: 32-pixel images of ten classes. */
export const tinyVit: VitConfig = {
  hiddenSize: 16,
  layers: 1,
  heads: 2,
  intermediateSize: 32,
  layerNormEpsilon: 1e-12,
  imageSize: 32,
  patchSize: 16,
  channels: 3,
  qkvBias: true,
  classNames,
};

/** The linears that tests collect factors of, of 32 inputs and 16 outputs and the other way round. */
export const tinyLinears = [
  "vit.encoder.layer.0.output.dense.weight",
  "vit.encoder.layer.0.intermediate.dense.weight",
];

/** Random weights; norms scale by about one. */
export function tinyWeights(seed = 1): Uint8Array<ArrayBuffer> {
  const random = new RandomStream(seed);
  const tensors = [...vitParameters(tinyVit)].map(([name, shape]) => {
    const one = name.includes("layernorm") && name.endsWith(".weight") ? 1 : 0;
    const values = Float32Array.from({ length: sizeOf(shape) }, () => one + 0.3 * random.normal());
    return [name, float32(shape, values)] as const;
  });
  return writeSafetensors(new Map(tensors));
}

/** The model's folder as a person drops it. */
export function tinyFiles(seed = 1, name = "tiny-vit"): File[] {
  const config = JSON.stringify({ ...vitConfigJson(tinyVit), _name_or_path: name });
  return [new File([config], "config.json"), new File([tinyWeights(seed)], "model.safetensors")];
}

/** A recipe of a second or so. */
export function tinyRecipe(sha256: string): ImageRecipe {
  const [first = ""] = tinyLinears;
  return {
    version: 1,
    title: "tiny",
    data: {
      kind: "shapes",
      seed: 5,
      trainingImages: 400,
      validationImages: 50,
      labelNoise: 0.5,
      classes: 10,
    },
    model: { kind: "dropped", sha256 },
    factors: { linears: [first], images: 64, tokens: "all", labels: "sampled", seed: 1 },
    spectrum: { bandOrder: "product", bandTokens: "all", bandNormalized: false },
    edits: [
      { method: "none" },
      { method: "kfac", linears: [first], energy: 0.8, selection: "pairs" },
      { method: "svd", linears: [first], keep: 0.25 },
    ],
    evaluation: { clean: 40, memorized: 40, validation: 20 },
  };
}
