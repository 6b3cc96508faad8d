import { readSafetensors } from "../../files/safetensors";
import type { LinearId } from "../../stages/model/types";
import { formatShape, sameShape, sizeOf, type Shape } from "../../tensor/shape";
import { LabError } from "../failure";

/** What another implementation computed of a model for a few labelled images, by tensor name. */
export interface Reference {
  readonly images: number;
  readonly pixels: Float32Array<ArrayBuffer>;
  readonly labels: readonly number[];
  /** Every tensor to compare. */
  readonly tensors: ReadonlyMap<string, ArrayLike<number>>;
  /** Linears whose taps, factors and edits are among them. */
  readonly linears: readonly LinearId[];
  /** Energies of the edits, as written in the names. */
  readonly energies: readonly string[];
}

const remedy =
  "A reference holds pixel_values, labels (int32) and the tensors to compare, as tests/fixtures/vit-random does.";

function distinct(names: Iterable<string>, pattern: RegExp): string[] {
  const found = new Set<string>();
  for (const name of names) {
    const part = pattern.exec(name)?.[1];
    if (part !== undefined) found.add(part);
  }
  return [...found];
}

/**
 * Reads `expected.safetensors`.
 * @throws LabError if it lacks the images and labels, or they do not fit the model.
 */
export function readReference(
  bytes: Uint8Array<ArrayBuffer>,
  imageShape: (images: number) => Shape,
  classes: number,
): Reference {
  const { tensors } = readSafetensors(bytes, "expected.safetensors");
  const pixels = tensors.get("pixel_values");
  const labels = tensors.get("labels");
  const images = labels ? sizeOf(labels.shape) : 0;
  if (pixels?.dtype !== "float32" || labels?.dtype !== "int32" || images === 0) {
    throw new LabError("expected.safetensors has no pixel_values or no labels.", remedy);
  }
  if (!sameShape(pixels.shape, imageShape(images))) {
    throw new LabError(
      `expected.safetensors: pixel_values is ${formatShape(pixels.shape)}, but ${images} labels and config.json make it ${formatShape(imageShape(images))}.`,
      remedy,
    );
  }
  const wrong = labels.data.find((label) => label < 0 || label >= classes);
  if (wrong !== undefined) {
    throw new LabError(
      `expected.safetensors: labels holds ${wrong}, but the model has ${classes} classes.`,
      remedy,
    );
  }
  const compared = new Map<string, ArrayLike<number>>();
  for (const [name, tensor] of tensors) {
    if (tensor === pixels || tensor === labels) continue;
    if (tensor.dtype === "int64") {
      throw new LabError(`expected.safetensors: ${name} is int64; use int32 or floats.`, remedy);
    }
    compared.set(name, tensor.data);
  }
  const linearPattern =
    /^(?!grad\.)(.+)\.(?:activation|gradient|[AG]|[AG]\.eigenvalues|kept@.+|weight\.\w+@.+)$/;
  return {
    images,
    pixels: pixels.data,
    labels: [...labels.data],
    tensors: compared,
    linears: distinct(compared.keys(), linearPattern).map((module) => `${module}.weight`),
    energies: distinct(compared.keys(), /@([\d.]+)$/),
  };
}
