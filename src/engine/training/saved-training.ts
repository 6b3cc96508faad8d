import { readSafetensors } from "../../files/safetensors";
import { writeSafetensors } from "../../files/safetensors-writer";
import { trainingSettings } from "../../recipe/training-settings";
import type { FloatTensor } from "../../tensor/host-tensor";
import type { TrainingState } from "../../training/vit-loop";
import type { StoodTraining } from "../api";

/** A training as it is stored: one safetensors file, the tensors and, as metadata, everything else. */
export interface SavedTraining extends Omit<StoodTraining, "curve"> {
  readonly state: TrainingState;
}

/** Of the file and of the loop: a state of another revision would not go on as it began. */
const revision = 1;

type About = Omit<SavedTraining, "state"> & Omit<TrainingState, "tensors"> & { readonly revision: number };

export function encodeTraining({ state, ...rest }: SavedTraining): Uint8Array<ArrayBuffer> {
  const { tensors, ...standing } = state;
  const about: About = { revision, ...rest, ...standing };
  return writeSafetensors(tensors, { metadata: { training: JSON.stringify(about) } });
}

/** What was stored; undefined for bytes that are no training of this revision. */
export function decodeTraining(bytes: Uint8Array<ArrayBuffer>): SavedTraining | undefined {
  const { tensors, metadata } = readSafetensors(bytes, "the stored training");
  const text = metadata.get("training");
  if (text === undefined) return undefined;
  // The file is the lab's own, and its settings are checked below.
  const about = JSON.parse(text) as About;
  const settings = trainingSettings(about.settings, "", []);
  if (about.revision !== revision || settings === undefined) return undefined;
  const floats = new Map<string, FloatTensor>();
  for (const [name, tensor] of tensors) if (tensor.dtype === "float32") floats.set(name, tensor);
  const { phase, epochInPhase, optimizerSteps, curve, bandsEvery, bands } = about;
  return {
    settings,
    bandsEvery,
    bands,
    state: { tensors: floats, phase, epochInPhase, optimizerSteps, curve },
  };
}

/** What the page is told of it. */
export function stood({ settings, bandsEvery, bands, state: { curve } }: SavedTraining): StoodTraining {
  return { settings, bandsEvery, bands, curve };
}
