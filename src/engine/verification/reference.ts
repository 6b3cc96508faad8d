import { readSafetensors } from "../../files/safetensors";
import type { LinearId } from "../../stages/model/types";
import type { HostTensor } from "../../tensor/host-tensor";
import { LabError } from "../failure";

/** What another implementation computed of a model for a few labelled samples, by tensor name. */
export interface Reference {
  /** The samples as the model reads them, and their labels. */
  readonly samples: HostTensor;
  readonly labels: HostTensor;
  /** Every tensor to compare. */
  readonly tensors: ReadonlyMap<string, ArrayLike<number>>;
  /** Linears whose taps, factors and edits are among them. */
  readonly linears: readonly LinearId[];
  /** Energies of the edits, as written in the names. */
  readonly energies: readonly string[];
}

function distinct(names: Iterable<string>, pattern: RegExp): string[] {
  const found = new Set<string>();
  for (const name of names) {
    const part = pattern.exec(name)?.[1];
    if (part !== undefined) found.add(part);
  }
  return [...found];
}

/**
 * Reads `expected.safetensors`, whose samples are called `input`.
 * @throws LabError, which says `remedy`, if it lacks samples or labels or holds what cannot be compared.
 */
export function readReference(bytes: Uint8Array<ArrayBuffer>, input: string, remedy: string): Reference {
  const { tensors } = readSafetensors(bytes, "expected.safetensors");
  const samples = tensors.get(input);
  const labels = tensors.get("labels");
  if (!samples || !labels || labels.data.length === 0) {
    throw new LabError(`expected.safetensors has no ${input} or no labels.`, remedy);
  }
  const compared = new Map<string, ArrayLike<number>>();
  for (const [name, tensor] of tensors) {
    if (tensor === samples || tensor === labels) continue;
    if (tensor.dtype === "int64") {
      throw new LabError(`expected.safetensors: ${name} is int64; use int32 or floats.`, remedy);
    }
    compared.set(name, tensor.data);
  }
  const linearPattern =
    /^(?!grad\.)(.+)\.(?:activation|gradient|[AG]|[AG]\.eigenvalues|kept@.+|weight\.\w+@.+)$/;
  return {
    samples,
    labels,
    tensors: compared,
    linears: distinct(compared.keys(), linearPattern).map((module) => `${module}.weight`),
    energies: distinct(compared.keys(), /@([\d.]+)$/),
  };
}
