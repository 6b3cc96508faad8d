import { GraphBuilder } from "../../graph/builder";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { sizeOf } from "../../tensor/shape";
import { signedGradients } from "./signed-gradients";
import { activationTaps, lossTaps } from "./taps";
import type { ImageModel, TrainingSummary } from "./types";
import { addVit, buildVitForward, vitLinears, vitParameters } from "./vit";
import type { VitConfig } from "./vit-config";

/** Images per run with taps. */
const tapBatch = 32;

export interface VitModelParts {
  readonly title: string;
  readonly config: VitConfig;
  readonly configJson: unknown;
  readonly parameters: ReadonlyMap<string, DeviceTensor>;
  readonly training: TrainingSummary | undefined;
}

/** Graphs and parameters of a ViT classifier as the other stages use them. */
export function vitModel(parts: VitModelParts): ImageModel {
  const { config, parameters, training, title } = parts;
  return {
    modality: "images",
    summary: {
      title,
      architecture: "ViTForImageClassification",
      parameters: [...vitParameters(config).values()].reduce((sum, shape) => sum + sizeOf(shape), 0),
      layers: config.layers,
      hiddenSize: config.hiddenSize,
      linears: vitLinears(config),
      classNames: config.classNames,
      training,
    },
    config: parts.configJson,
    parameters,
    tapBatch,
    factorBatch: () => tapBatch,
    imageShape: (batch) => [batch, config.channels, config.imageSize, config.imageSize],
    forward: (batch) => buildVitForward(config, batch),
    taps: (batch, linears, labels, tokens = "all") => {
      const b = new GraphBuilder();
      return lossTaps(b, "vit_taps", addVit(b, config, batch, tokens === "readout"), linears, labels);
    },
    activations: (batch, linears) => {
      const b = new GraphBuilder();
      return activationTaps(b, "vit_activations", addVit(b, config, batch), linears);
    },
    signedGradients: (batch, linears) => {
      const b = new GraphBuilder();
      return signedGradients(b, "vit_signed_gradients", addVit(b, config, batch, true), linears);
    },
    release: () => {
      for (const parameter of parameters.values()) parameter.release();
    },
  };
}
