import { memorySource } from "../files/byte-source";
import { openSafetensors } from "../files/safetensors";
import type { Backend } from "../runtime/backend";
import { loadVit } from "../stages/model/checkpoint";
import { readVitConfig } from "../stages/model/vit-config";
import type { StageContext } from "../stages/progress";
import { LabError } from "./failure";
import { compareTensors, type VerificationRow } from "./verification/compare";
import { Computation } from "./verification/compute";
import { readReference } from "./verification/reference";

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

function requireVit(config: unknown): void {
  const type = typeof config === "object" && config !== null && "model_type" in config && config.model_type;
  if (type !== "olmo2") return;
  throw new LabError(
    'config.json: model_type is "olmo2"; the lab does not compute language models yet.',
    "Verify the folder of a ViT image classifier.",
  );
}

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
  requireVit(config);
  const vit = readVitConfig(config);
  const file = await openSafetensors(memorySource("model.safetensors", weights));
  const checkpoint = { title: "verified model", config, weights: file, training: undefined };
  const model = await loadVit(backend, checkpoint, context);
  try {
    const reference = readReference(expected, (images) => model.imageShape(images), vit.classNames.length);
    const computation = new Computation(backend, model, reference, context);
    await computation.gradients(vit);
    if (reference.linears.length > 0) {
      await computation.taps();
      await computation.edits();
    }
    return compareTensors(reference.tensors, computation.results, verificationTolerance[backend.kind]);
  } finally {
    model.release();
  }
}
