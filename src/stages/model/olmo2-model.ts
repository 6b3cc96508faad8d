import { GraphBuilder } from "../../graph/builder";
import type { DeviceTensor } from "../../runtime/device-tensor";
import { sizeOf } from "../../tensor/shape";
import type { TextTokenizer } from "../data/types";
import { addOlmo2, buildOlmo2Forward, olmo2Linears, olmo2Parameters } from "./olmo2";
import type { Olmo2Config } from "./olmo2-config";
import { buildOlmo2Decoding } from "./olmo2-decoding";
import { recordOlmo2Step } from "./olmo2-step";
import { signedGradients } from "./signed-gradients";
import { activationTaps, lossTaps } from "./taps";
import type { LanguageModel, Tapped, TextTrainingSummary } from "./types";

export interface Olmo2ModelParts {
  readonly title: string;
  readonly config: Olmo2Config;
  readonly configJson: unknown;
  readonly parameters: ReadonlyMap<string, DeviceTensor>;
  readonly tokenizer: TextTokenizer | undefined;
  readonly training: TextTrainingSummary | undefined;
}

/** Positions per run with taps, and elements of their logits: a few tensors as large are alive at once. */
const tapPositions = 1280;
const tapLogits = 2 ** 24;

function tapBatch(length: number, vocabulary: number, positions = tapPositions): number {
  return Math.max(1, Math.floor(Math.min(positions, tapLogits / vocabulary) / length));
}

/** Graphs and parameters of an OLMo-2 as the other stages use them. */
export function olmo2Model(parts: Olmo2ModelParts): LanguageModel {
  const { config, parameters, training, title } = parts;
  const linears = olmo2Linears(config);
  const ofLength = (length: number): Tapped => ({
    summary: { linears },
    parameters,
    tapBatch: tapBatch(length, config.vocabulary),
    factorBatch: (on) =>
      tapBatch(length, config.vocabulary, on === "webgpu" ? tapPositions : tapPositions / 2),
    taps: (batch, ids, labels) => {
      const b = new GraphBuilder();
      return lossTaps(b, "olmo2_taps", addOlmo2(b, config, batch, length), ids, labels);
    },
    activations: (batch, ids) => {
      const b = new GraphBuilder();
      return activationTaps(b, "olmo2_activations", addOlmo2(b, config, batch, length), ids);
    },
    signedGradients: (batch, ids) => {
      const b = new GraphBuilder();
      return signedGradients(b, "olmo2_signed_gradients", addOlmo2(b, config, batch, length), ids);
    },
  });
  return {
    modality: "text",
    summary: {
      title,
      architecture: "Olmo2ForCausalLM",
      parameters: [...olmo2Parameters(config).values()].reduce((sum, shape) => sum + sizeOf(shape), 0),
      layers: config.layers,
      hiddenSize: config.hiddenSize,
      linears,
      contextLength: config.contextLength,
      vocabulary: config.vocabulary,
      training,
    },
    config: parts.configJson,
    parameters,
    tokenizer: parts.tokenizer,
    forward: (batch, length, read) => buildOlmo2Forward(config, batch, length, read),
    decoding: (batch, tokens, capacity) => buildOlmo2Decoding(config, batch, tokens, capacity),
    recordStep: (programs, batch, capacity, tensor) =>
      recordOlmo2Step(programs, config, batch, capacity, tensor),
    ofLength,
    release: () => {
      for (const parameter of parameters.values()) parameter.release();
    },
  };
}
