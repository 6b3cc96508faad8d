import { mkdir, rename, writeFile, access } from "node:fs/promises";
import { join } from "node:path";
import { stableJson } from "../engine/key";
import { LabError } from "../engine/failure";
import { readSafetensors } from "../files/safetensors";
import { writeSafetensors } from "../files/safetensors-writer";
import type { FloatTensor } from "../tensor/host-tensor";
import type { CheckpointFile } from "../training/checkpoint-files";
import { readBytes, readJson } from "./node-loader";

/** What every training state has: tensors, and a curve that grows by a point before each save. */
interface Resumable {
  readonly tensors: ReadonlyMap<string, FloatTensor>;
  readonly curve: readonly unknown[];
}

type Saved<State extends Resumable> = Omit<State, "tensors"> & { readonly recipe: string };

/** Writes beside the old file and then takes its place, so that a crash leaves one of the two whole. */
async function replaceFile(path: string, bytes: Uint8Array | string): Promise<void> {
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
}

/** Keeps a training state in a folder; the tensors say which point of the curve they belong to. */
export async function saveState(folder: string, recipe: object, state: Resumable): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { tensors, ...rest } = state;
  const metadata = { epoch: String(state.curve.length) };
  await replaceFile(join(folder, "state.safetensors"), writeSafetensors(tensors, { metadata }));
  const saved = { ...rest, recipe: stableJson(recipe) };
  await replaceFile(join(folder, "state.json"), JSON.stringify(saved));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The state a folder keeps, or undefined if there is none. */
export async function loadState<State extends Resumable>(
  folder: string,
  recipe: object,
): Promise<(Saved<State> & Pick<Resumable, "tensors">) | undefined> {
  const path = join(folder, "state.json");
  if (!(await exists(path))) return undefined;
  const saved = (await readJson(path)) as Saved<State>;
  if (saved.recipe !== stableJson(recipe)) {
    throw new LabError(
      `${folder} holds a run of another recipe.`,
      "Give --fresh to start anew, or move that folder away.",
    );
  }
  const { tensors, metadata } = readSafetensors(
    await readBytes(join(folder, "state.safetensors")),
    "state.safetensors",
  );
  if (metadata.get("epoch") !== String(saved.curve.length)) {
    throw new LabError(`${folder} was left in the middle of being saved.`, "Give --fresh to start anew.");
  }
  const floats = new Map<string, FloatTensor>();
  for (const [name, tensor] of tensors) if (tensor.dtype === "float32") floats.set(name, tensor);
  return { ...saved, tensors: floats };
}

/** Writes the files of a finished checkpoint. */
export async function writeCheckpoint(
  folder: string,
  files: readonly CheckpointFile[],
  quiet: boolean,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes);
  if (!quiet) console.log(`\nwrote ${folder}`);
}
