import type { LanguageModel } from "../../stages/model/types";
import { addOlmo2 } from "../../stages/model/olmo2";
import { readOlmo2Config } from "../../stages/model/olmo2-config";
import { int64, type HostTensor } from "../../tensor/host-tensor";
import { formatShape, sameShape } from "../../tensor/shape";
import { LabError } from "../failure";
import type { Reference } from "./reference";
import type { Subject, View } from "./subject";

export const textRemedy =
  "A reference holds input_ids and labels (int32 or int64, windows × tokens) and the tensors to compare, as tests/fixtures/olmo2-random does.";

function integers(name: string, tensor: HostTensor): number[] {
  if (tensor.dtype === "int32" || tensor.dtype === "int64") return Array.from(tensor.data, Number);
  throw new LabError(`expected.safetensors: ${name} is ${tensor.dtype}.`, textRemedy);
}

function requireTokens(name: string, tokens: readonly number[], vocabulary: number): void {
  const wrong = tokens.find((token) => token < 0 || token >= vocabulary);
  if (wrong === undefined) return;
  throw new LabError(
    `expected.safetensors: ${name} holds ${wrong}, but the model has ${vocabulary} tokens.`,
    textRemedy,
  );
}

/**
 * A language model with the windows of a reference; the last label of a window has no loss and is not read.
 * @throws LabError if the windows and labels do not fit the model.
 */
export function textSubject(model: LanguageModel, reference: Reference): Subject {
  const { shape } = reference.samples;
  const [windows = 0, length = 0] = shape;
  const ids = integers("input_ids", reference.samples);
  const allLabels = integers("labels", reference.labels);
  if (shape.length !== 2 || length < 2 || !sameShape(reference.labels.shape, shape)) {
    throw new LabError(
      `expected.safetensors: input_ids is ${formatShape(shape)} and labels ${formatShape(reference.labels.shape)}; expected both windows × tokens, two or more.`,
      textRemedy,
    );
  }
  const view = (positions: number): View => {
    const leading = (values: readonly number[], indices: readonly number[]): number[] =>
      indices.flatMap((index) => values.slice(index * length, index * length + positions));
    return {
      tapped: model.ofLength(positions),
      source: {
        unit: "windows",
        input: (indices) => int64([indices.length * positions, 1], leading(ids, indices)),
        labels: (indices) => Int32Array.from(leading(allLabels, indices)),
      },
    };
  };
  const withLoss = view(length - 1);
  const { vocabulary } = model.summary;
  requireTokens("input_ids", ids, vocabulary);
  requireTokens("labels", [...withLoss.source.labels([...Array(windows).keys()])], vocabulary);
  const config = readOlmo2Config(model.config);
  return {
    input: "input_ids",
    parameters: model.parameters,
    samples: windows,
    whole: view(length),
    withLoss,
    forward: () => model.forward(windows, length),
    add: (b) => addOlmo2(b, config, windows, length - 1),
  };
}
