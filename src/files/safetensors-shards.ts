import { safetensorsFile, type SafetensorsFile } from "./safetensors";
import { SafetensorsError, type TensorEntry } from "./safetensors-header";

/** A checkpoint cut into several files: `model.safetensors.index.json` tells which tensor lies in which. */
export interface ShardIndex {
  /** Tensor name to file name. */
  readonly weightMap: ReadonlyMap<string, string>;
  /** The files, each once, in order of name. */
  readonly files: readonly string[];
}

export const SHARD_INDEX = "model.safetensors.index.json";

function indexError(fault: string): SafetensorsError {
  return new SafetensorsError(
    "index",
    fault,
    "Download the model's index and weights again, all of one revision.",
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The index from its parsed JSON. */
export function parseShardIndex(json: unknown, file = SHARD_INDEX): ShardIndex {
  const map = isRecord(json) ? json.weight_map : undefined;
  if (!isRecord(map)) throw indexError(`${file} has no weight_map.`);
  const weightMap = new Map<string, string>();
  for (const [tensor, shard] of Object.entries(map)) {
    // A path could point out of the model's folder.
    if (typeof shard !== "string" || !/^[\w-][\w.-]*\.safetensors$/.test(shard)) {
      throw indexError(
        `${file} puts ${tensor} into ${JSON.stringify(shard)}, which is no name of a .safetensors file.`,
      );
    }
    weightMap.set(tensor, shard);
  }
  return { weightMap, files: [...new Set(weightMap.values())].sort() };
}

/**
 * Shards as one file. With an index the tensors must lie as it says; without one, no two shards may hold a tensor of
 * the same name.
 */
export function joinShards(
  name: string,
  shards: readonly SafetensorsFile[],
  index?: ShardIndex,
): SafetensorsFile {
  const tensors = new Map<string, TensorEntry>();
  const owners = new Map<string, SafetensorsFile>();
  const metadata = new Map<string, string>();
  for (const shard of shards) {
    for (const [key, text] of shard.metadata) metadata.set(key, text);
    for (const [tensor, entry] of shard.tensors) {
      const other = owners.get(tensor);
      if (other !== undefined)
        throw indexError(`${name}: both ${other.name} and ${shard.name} hold ${tensor}.`);
      owners.set(tensor, shard);
      tensors.set(tensor, entry);
    }
  }
  for (const [tensor, file] of index?.weightMap ?? []) {
    const owner = owners.get(tensor);
    if (owner === undefined)
      throw indexError(`${name}: ${file} should hold ${tensor} by the index and does not.`);
    if (owner.name !== file && !owner.name.startsWith(`${file} of `)) {
      throw indexError(`${name}: ${tensor} lies in ${owner.name}, by the index in ${file}.`);
    }
  }
  return safetensorsFile(name, { tensors, metadata }, async (entry, signal) => {
    const owner = owners.get(entry.name);
    if (owner === undefined) throw indexError(`${name} has no tensor ${entry.name}.`);
    return owner.bytes(entry.name, signal);
  });
}
