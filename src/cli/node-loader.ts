import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LabError } from "../engine/failure";
import { modelTokenizer, readsText } from "../engine/model-tokenizer";
import type { ModelLoader } from "../engine/pipeline";
import { readTrainingRecord } from "../engine/training-record";
import { memorySource } from "../files/byte-source";
import { openSafetensors } from "../files/safetensors";
import { loadCheckpoint } from "../stages/model/checkpoint";

/** Reads a file as bytes that own their buffer. */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return Uint8Array.from(await readFile(path));
  } catch (error) {
    throw new LabError(`${path} could not be read.`, error instanceof Error ? error.message : String(error));
  }
}

export async function readJson(path: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(path));
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new LabError(`${path} is no JSON.`, error instanceof Error ? error.message : String(error));
  }
}

/** Loads shipped models from a folder of Hugging Face folders. */
export function folderLoader(models: string): ModelLoader {
  return async (recipe, backend, context) => {
    if (recipe.model.kind !== "shipped") {
      throw new LabError(
        "The command line runs shipped models.",
        'Use a recipe whose model is of kind "shipped".',
      );
    }
    const folder = join(models, recipe.model.name);
    const bytes = await readBytes(join(folder, "model.safetensors"));
    const training = readTrainingRecord(await readJson(join(folder, "training.json")));
    const config = await readJson(join(folder, "config.json"));
    const file = (name: string): Promise<unknown> => readJson(join(folder, name));
    const tokenizer = readsText(config)
      ? modelTokenizer(await file("tokenizer.json"), await file("tokenizer_config.json"))
      : undefined;
    return loadCheckpoint(
      backend,
      {
        title: recipe.model.name,
        config,
        tokenizer,
        weights: await openSafetensors(memorySource("model.safetensors", bytes)),
        training,
      },
      context,
    );
  };
}
