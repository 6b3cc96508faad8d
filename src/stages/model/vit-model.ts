import { GraphBuilder } from "../../graph/builder";
import { gradient } from "../../graph/gradient";
import type { Value } from "../../graph/types";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { sizeOf } from "../../tensor/shape";
import { crossEntropy, oneHot, sampledLabels } from "./cross-entropy";
import type { ImageModel, LinearId, TapGraph, TrainingSummary } from "./types";
import { addVit, buildVitForward, vitLinears, vitParameters, type Tap, type VitGraph } from "./vit";
import type { VitConfig } from "./vit-config";

export interface VitModelParts {
  readonly title: string;
  readonly config: VitConfig;
  readonly configJson: unknown;
  readonly parameters: ReadonlyMap<string, DeviceTensor>;
  readonly training: TrainingSummary | undefined;
}

function chosenTaps(vit: VitGraph, linears: readonly LinearId[]): Tap[] {
  return linears.map((id) => {
    const tap = vit.taps.find(({ linear }) => linear.id === id);
    if (!tap) throw new Error(`vit: ${id} is no linear of this model that can be tapped`);
    return tap;
  });
}

/** Names outputs so that a value several linears read is put out once. */
class TapOutputs {
  readonly values: Record<string, Value> = {};
  readonly #names = new Map<Value, string>();

  add(name: string, value: Value): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    this.#names.set(value, name);
    this.values[name] = value;
    return name;
  }
}

/** Graphs and parameters of a ViT classifier as the other stages use them. */
export function vitModel(parts: VitModelParts): ImageModel {
  const { config, parameters, training, title } = parts;
  const linears = vitLinears(config);

  const taps = (batch: number, ids: readonly LinearId[], labels: "sampled" | "gold"): TapGraph => {
    const b = new GraphBuilder();
    const vit = addVit(b, config, batch);
    const indicator =
      labels === "sampled"
        ? sampledLabels(b, vit.logits, b.input("uniforms", [batch, 1]))
        : oneHot(b, b.input("labels", [batch], "int32"), config.classNames.length);
    const { loss } = crossEntropy(b, vit.logits, indicator);
    const chosen = chosenTaps(vit, ids);
    const gradients = gradient(
      b,
      loss,
      chosen.map(({ s }) => s),
    );
    const outputs = new TapOutputs();
    const named = chosen.map(({ linear, a, s }, i) => ({
      linear,
      a: outputs.add(`a.${linear.id}`, a),
      g: outputs.add(`g.${linear.id}`, gradients[i] ?? s),
    }));
    const graph = b.build("vit_taps", outputs.values);
    return { graph, batch, taps: named, input: vit.pixels.name, labelRows: 1 };
  };

  const activations = (batch: number, ids: readonly LinearId[]): TapGraph => {
    const b = new GraphBuilder();
    const vit = addVit(b, config, batch);
    const outputs = new TapOutputs();
    const named = chosenTaps(vit, ids).map(({ linear, a }) => ({
      linear,
      a: outputs.add(`a.${linear.id}`, a),
      g: "",
    }));
    const graph = b.build("vit_activations", outputs.values);
    return { graph, batch, taps: named, input: vit.pixels.name, labelRows: 1 };
  };

  return {
    modality: "images",
    summary: {
      title,
      architecture: "ViTForImageClassification",
      parameters: [...vitParameters(config).values()].reduce((sum, shape) => sum + sizeOf(shape), 0),
      layers: config.layers,
      hiddenSize: config.hiddenSize,
      linears,
      classNames: config.classNames,
      training,
    },
    config: parts.configJson,
    parameters,
    tapBatch: 32,
    readoutLayer: config.layers - 1,
    imageShape: (batch) => [batch, config.channels, config.imageSize, config.imageSize],
    forward: (batch) => buildVitForward(config, batch),
    taps,
    activations,
    release: () => {
      for (const parameter of parameters.values()) parameter.release();
    },
  };
}
