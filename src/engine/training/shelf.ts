import { blobSource } from "../../files/byte-source";
import { openSafetensors, readSafetensors } from "../../files/safetensors";
import { writeSafetensors } from "../../files/safetensors-writer";
import type { Store } from "../../files/store";
import {
  trainedId,
  trainedModelOf,
  trainedTitle,
  type TrainedModelName,
} from "../../recipe/training-settings";
import type { Checkpoint } from "../../stages/model/checkpoint";
import type { TrainingPoint } from "../../stages/model/types";
import { vitParameters } from "../../stages/model/vit";
import { vitConfigJson } from "../../stages/model/vit-config";
import type { FloatTensor } from "../../tensor/host-tensor";
import { checkpointFiles, trainedWeights, type CheckpointFile } from "../../training/checkpoint-files";
import { settingsRecipe } from "./settings-recipe";
import type { KeptModel } from "../api";
import { LabError } from "../failure";
import { decodeTraining, encodeTraining, type SavedTraining } from "./saved-training";

const modelPrefix = "trained-";
/** Two places in turn: one holds a whole state whenever the page is closed. */
const stateKeys = ["training-state-0", "training-state-1"] as const;
const underWayKey = "training-under-way";

/** What belongs to a kept model beside its weights. */
interface KeptRecord {
  readonly curve: readonly TrainingPoint[];
  /** What computed it. */
  readonly backend: string;
}

function lacking(id: string): LabError {
  const name = trainedModelOf(id);
  return new LabError(
    name === undefined
      ? `${id} is no name of a trained model.`
      : `This browser keeps no model “${trainedTitle(name)}”.`,
    "Train it again in the training panel, where its settings are filled in, and keep it; or choose another model.",
  );
}

/** Trainings and trained models in the browser's store. */
export class TrainingShelf {
  readonly #store: Promise<Store>;

  constructor(store: Promise<Store>) {
    this.#store = store;
  }

  /** Whether what is kept outlives the page. */
  async lasting(): Promise<boolean> {
    return (await this.#store).kind === "disk";
  }

  /** The training that stands: the one stored last. */
  async saved(): Promise<SavedTraining | undefined> {
    const found = (await Promise.all(stateKeys.map((key) => this.#decoded(key)))).filter(
      (one) => one !== undefined,
    );
    return found.sort((a, b) => b.state.curve.length - a.state.curve.length)[0];
  }

  /** Stores a state in the place of the last but one. */
  async save(saved: SavedTraining): Promise<void> {
    const store = await this.#store;
    const epochs = saved.state.curve.length;
    await store.put(stateKeys[epochs % 2 === 0 ? 0 : 1], (write) => write(encodeTraining(saved)));
  }

  /** Forgets the training that stands, since another begins. */
  async forget(): Promise<void> {
    const store = await this.#store;
    for (const key of stateKeys) await store.remove(key);
  }

  /** Notes that a training is under way; the note outlives a page that is closed meanwhile. */
  async mark(underWay: boolean): Promise<void> {
    const store = await this.#store;
    if (underWay) await store.put(underWayKey, (write) => write(new Uint8Array([1])));
    else await store.remove(underWayKey);
  }

  async interrupted(): Promise<boolean> {
    return (await (await this.#store).get(underWayKey)) !== undefined;
  }

  /** Keeps the network of a training as a model; one of the same name is replaced. */
  async keep({ settings, state }: SavedTraining, backend: string): Promise<KeptModel> {
    const epoch = state.curve.length;
    if (epoch === 0) throw new LabError("Nothing has been trained yet.", "Let the first epoch finish.");
    const id = trainedId({ settings, epoch });
    const { model } = settingsRecipe(settings);
    const record: KeptRecord = { curve: state.curve, backend };
    const bytes = writeSafetensors(trainedWeights(vitParameters(model).keys(), state.tensors), {
      metadata: { format: "pt", training: JSON.stringify(record) },
    });
    await (await this.#store).put(modelPrefix + id, (write) => write(bytes));
    return this.#kept(id, await this.#blob(id));
  }

  async remove(id: string): Promise<void> {
    await (await this.#store).remove(modelPrefix + id);
  }

  /** All kept models, by name. */
  async list(): Promise<readonly KeptModel[]> {
    const entries = await (await this.#store).entries();
    const ids = entries
      .filter(({ key }) => key.startsWith(modelPrefix))
      .map(({ key }) => key.slice(modelPrefix.length))
      .filter((id) => trainedModelOf(id) !== undefined);
    return Promise.all(ids.map(async (id) => this.#kept(id, await this.#blob(id))));
  }

  /** A kept model as the model stage reads it. */
  async checkpoint(id: string): Promise<Checkpoint> {
    const blob = await this.#blob(id);
    const name = nameOf(id);
    const { model, procedure, description } = settingsRecipe(name.settings);
    const { curve } = await recordOf(id, blob);
    return {
      title: trainedTitle(name),
      config: vitConfigJson(model),
      weights: await openSafetensors(blobSource("model.safetensors", blob)),
      training: { procedure, description, curve },
    };
  }

  /** A kept model as a Hugging Face folder. */
  async folder(id: string): Promise<readonly CheckpointFile[]> {
    const blob = await this.#blob(id);
    const { curve, backend } = await recordOf(id, blob);
    const { tensors } = readSafetensors(new Uint8Array(await blob.arrayBuffer()));
    const floats = new Map<string, FloatTensor>();
    for (const [name, tensor] of tensors) if (tensor.dtype === "float32") floats.set(name, tensor);
    return checkpointFiles(settingsRecipe(nameOf(id).settings), floats, curve, backend);
  }

  async #decoded(key: string): Promise<SavedTraining | undefined> {
    const blob = await (await this.#store).get(key);
    if (blob === undefined) return undefined;
    try {
      return decodeTraining(new Uint8Array(await blob.arrayBuffer()));
    } catch {
      // Cut short or of an older page: then nothing stands.
      return undefined;
    }
  }

  async #blob(id: string): Promise<Blob> {
    const blob = trainedModelOf(id) && (await (await this.#store).get(modelPrefix + id));
    if (blob === undefined) throw lacking(id);
    return blob;
  }

  async #kept(id: string, blob: Blob): Promise<KeptModel> {
    const { curve } = await recordOf(id, blob);
    const point = curve.at(-1);
    if (!point) throw lacking(id);
    return { id, point, bytes: blob.size };
  }
}

function nameOf(id: string): TrainedModelName {
  const name = trainedModelOf(id);
  if (name === undefined) throw lacking(id);
  return name;
}

async function recordOf(id: string, blob: Blob): Promise<KeptRecord> {
  const { metadata } = await openSafetensors(blobSource("model.safetensors", blob));
  const text = metadata.get("training");
  if (text === undefined) throw lacking(id);
  // Written by `keep`.
  return JSON.parse(text) as KeptRecord;
}
