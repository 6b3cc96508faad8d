import { memorySource } from "../files/byte-source";
import { openSafetensors } from "../files/safetensors";
import type { Backend } from "../runtime/backend";
import { loadCheckpoint } from "../stages/model/checkpoint";
import type { LoadedModel } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { compareTensors, type VerificationRow } from "./verification/compare";
import { Computation } from "./verification/compute";
import { imageRemedy, imageSubject } from "./verification/image-subject";
import { readReference, type Reference } from "./verification/reference";
import type { Subject } from "./verification/subject";
import { textRemedy, textSubject } from "./verification/text-subject";

/** A Hugging Face folder with what another implementation computed of it, in `expected.safetensors`. */
export interface VerifiedFolder {
  /** config.json */
  readonly config: unknown;
  /** model.safetensors */
  readonly weights: Uint8Array<ArrayBuffer>;
  /** expected.safetensors */
  readonly expected: Uint8Array<ArrayBuffer>;
}

/** Largest relative error that passes: float32 on the CPU, and on a GPU, which sums in another order. */
export const verificationTolerance: Readonly<Record<Backend["kind"], number>> = {
  node: 1e-5,
  wasm: 1e-5,
  webgpu: 1e-4,
};

/**
 * Computes everything the folder's reference holds with the lab's own stages (forward pass, gradients, factors,
 * eigenvalues, edits) and compares tensor by tensor.
 * @throws LabError, ConfigError, CheckpointError or a file error that names what does not fit.
 */
export async function verifyFolder(
  backend: Backend,
  { config, weights, expected }: VerifiedFolder,
  context: StageContext,
): Promise<VerificationRow[]> {
  const file = await openSafetensors(memorySource("model.safetensors", weights));
  const checkpoint = { title: "verified model", config, weights: file, training: undefined };
  const model = await loadCheckpoint(backend, checkpoint, context);
  try {
    const { subject, reference } = subjectOf(model, expected);
    const computation = new Computation(backend, subject, reference, context);
    await computation.gradients();
    if (reference.linears.length > 0) {
      await computation.taps();
      await computation.edits();
    }
    return compareTensors(reference.tensors, computation.results, verificationTolerance[backend.kind]);
  } finally {
    model.release();
  }
}

function subjectOf(
  model: LoadedModel,
  expected: Uint8Array<ArrayBuffer>,
): { readonly subject: Subject; readonly reference: Reference } {
  if (model.modality === "images") {
    const reference = readReference(expected, "pixel_values", imageRemedy);
    return { subject: imageSubject(model, reference), reference };
  }
  const reference = readReference(expected, "input_ids", textRemedy);
  return { subject: textSubject(model, reference), reference };
}
