import { blobSource } from "./byte-source";
import { FileError } from "./file-error";
import { openSafetensors, type SafetensorsFile } from "./safetensors";
import { joinShards, parseShardIndex, SHARD_INDEX, type ShardIndex } from "./safetensors-shards";
import { Sha256 } from "./sha256";

/** A Hugging Face model folder among files that a person dropped; nothing of it leaves the browser. */
export interface DroppedFolder {
  /** Parsed `config.json`. */
  readonly config: unknown;
  /** Parsed `training.json`, the record of the lab's own training. */
  readonly training: unknown;
  /** Parsed `preprocessor_config.json`. */
  readonly preprocessor: unknown;
  /** Parsed `tokenizer.json` and `tokenizer_config.json`. */
  readonly tokenizer: unknown;
  readonly tokenizerConfig: unknown;
  /** The files that hold the weights, in order of name. */
  readonly weightFiles: readonly File[];
  readonly weights: SafetensorsFile;
}

export type DroppedCode =
  "no-config" | "no-weights" | "other-format" | "missing-shard" | "ambiguous" | "not-json" | "unreadable";

export class DroppedError extends FileError<DroppedCode> {}

const DROP_BOTH = "Drop the model's folder, or config.json and model.safetensors together.";

/** Weights of other programs, which a person may take for the right ones. */
const OTHER_FORMATS = /\.(bin|pt|pth|ckpt|h5|msgpack|gguf|onnx|npz)$/i;

/** Path within a dropped folder, or the name alone. */
function pathOf(file: File): string {
  return file.webkitRelativePath === "" ? file.name : file.webkitRelativePath;
}

function folderOf(file: File): string {
  return pathOf(file).split("/").slice(0, -1).join("/");
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(", ");
  return names.length > 4 ? `${shown} and ${String(names.length - 4)} more` : shown;
}

/** The `config.json` nearest to the top, since models often carry others in subfolders. */
function findConfig(files: readonly File[]): File {
  const configs = files.filter(({ name }) => name === "config.json");
  const depth = Math.min(...configs.map((file) => pathOf(file).split("/").length));
  const [config, second] = configs.filter((file) => pathOf(file).split("/").length === depth);
  if (config === undefined) {
    const names = files.map(({ name }) => name);
    const found =
      names.length === 0 ? "Nothing was dropped" : `config.json is missing among ${listed(names)}`;
    throw new DroppedError("no-config", `${found}.`, DROP_BOTH);
  }
  if (second !== undefined) {
    throw new DroppedError(
      "ambiguous",
      `There are several models: ${listed([config, second].map(pathOf))}.`,
      "Drop one model's folder at a time.",
    );
  }
  return config;
}

async function parsed(file: File): Promise<unknown> {
  let text: string;
  try {
    text = await file.text();
  } catch (cause) {
    throw new DroppedError("unreadable", `${file.name} could not be read from disk.`, "Choose it again.", {
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DroppedError(
      "not-json",
      `${file.name} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}.`,
      "Choose the file that belongs to the model; it may have been saved as a web page.",
      { cause },
    );
  }
}

function missingShards(missing: readonly string[]): DroppedError {
  return new DroppedError(
    "missing-shard",
    `The weights are cut into several files, of which ${listed(missing)} ${missing.length === 1 ? "is" : "are"} missing.`,
    "Drop all files of the model together.",
  );
}

/** The names that a set like `model-00001-of-00003.safetensors` must have, or undefined if they are no set. */
function shardSet(names: readonly string[]): readonly string[] | undefined {
  const [, stem, count] = /^(.*)-\d{5}-of-(\d{5})\.safetensors$/.exec(names[0] ?? "") ?? [];
  if (stem === undefined || count === undefined) return undefined;
  const set = Array.from(
    { length: Number(count) },
    (_, i) => `${stem}-${String(i + 1).padStart(5, "0")}-of-${count}.safetensors`,
  );
  return names.every((name) => set.includes(name)) ? set : undefined;
}

function findWeights(files: readonly File[], index: ShardIndex | undefined): File[] {
  const named = new Map(
    files.filter(({ name }) => name.endsWith(".safetensors")).map((file) => [file.name, file]),
  );
  const pick = (names: readonly string[]): File[] => {
    const missing = names.filter((name) => !named.has(name));
    if (missing.length > 0) throw missingShards(missing);
    return names.flatMap((name) => named.get(name) ?? []);
  };
  if (index !== undefined) return pick(index.files);
  const names = [...named.keys()].sort();
  if (named.has("model.safetensors")) return pick(["model.safetensors"]);
  const set = shardSet(names);
  if (set !== undefined) return pick(set);
  if (names.length === 1) return pick(names);
  if (names.length > 1) {
    throw new DroppedError(
      "ambiguous",
      `There are several weight files: ${listed(names)}.`,
      `Drop one of them with config.json, or ${SHARD_INDEX} with all of them.`,
    );
  }
  const other = files.find(({ name }) => OTHER_FORMATS.test(name));
  if (other !== undefined) {
    throw new DroppedError(
      "other-format",
      `The weights are in ${other.name}, which is not read here: only .safetensors files hold data and nothing else.`,
      "Save the model as safetensors, or download its model.safetensors.",
    );
  }
  throw new DroppedError("no-weights", "config.json is there, model.safetensors is missing.", DROP_BOTH);
}

/** Finds the model among dropped files and checks the headers of its weights. */
export async function openDropped(files: readonly File[], signal?: AbortSignal): Promise<DroppedFolder> {
  const configFile = findConfig(files);
  const siblings = files.filter((file) => folderOf(file) === folderOf(configFile));
  const json = async (name: string): Promise<unknown> => {
    const file = siblings.find((sibling) => sibling.name === name);
    return file === undefined ? undefined : parsed(file);
  };
  const indexJson = siblings.some(({ name }) => name === "model.safetensors")
    ? undefined
    : await json(SHARD_INDEX);
  const index = indexJson === undefined ? undefined : parseShardIndex(indexJson);
  const weightFiles = findWeights(siblings, index);
  const config = await parsed(configFile);
  const opened = await Promise.all(
    weightFiles.map((file) => openSafetensors(blobSource(file.name, file), signal)),
  );
  const [only] = opened;
  return {
    config,
    training: await json("training.json"),
    preprocessor: await json("preprocessor_config.json"),
    tokenizer: await json("tokenizer.json"),
    tokenizerConfig: await json("tokenizer_config.json"),
    weightFiles,
    weights: only !== undefined && opened.length === 1 ? only : joinShards("The model", opened, index),
  };
}

/** SHA-256 of the weights: of the file, or of all files one behind the other. */
export async function hashWeights(
  { weightFiles }: Pick<DroppedFolder, "weightFiles">,
  signal?: AbortSignal,
  onProgress?: (bytes: number, total: number) => void,
): Promise<string> {
  const total = weightFiles.reduce((sum, file) => sum + file.size, 0);
  const hash = new Sha256();
  let done = 0;
  for (const file of weightFiles) {
    const source = blobSource(file.name, file);
    for (let start = 0; start < file.size; start += PIECE_BYTES) {
      const piece = await source.read(start, Math.min(file.size, start + PIECE_BYTES), signal);
      hash.update(piece);
      done += piece.byteLength;
      onProgress?.(done, total);
    }
  }
  return hash.hex();
}

/** Small enough to be cancelled within 200 ms, large enough that reading costs little. */
const PIECE_BYTES = 4 << 20;
