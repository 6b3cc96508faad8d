import type { ByteSource } from "./byte-source";
import type { Hub, HubFileFacts, HubListing } from "./hub";
import { HubError } from "./hub-error";
import { openSafetensors, type SafetensorsFile } from "./safetensors";
import { joinShards, parseShardIndex, SHARD_INDEX } from "./safetensors-shards";

/** Where the bytes of a file come from: the hub range by range, or a whole file kept in the store. */
export type SourceOf = (file: string, facts: HubFileFacts) => ByteSource | Promise<ByteSource>;

function noWeights({ repository, files }: HubListing, missing: string): HubError {
  const others = [...files.keys()].filter((name) => /\.(safetensors|bin|pt|gguf|h5|msgpack)$/.test(name));
  const found =
    others.length === 0 ? "it holds no weights" : `its weights are in ${others.slice(0, 3).join(", ")}`;
  return new HubError(
    "not-found",
    `${repository} has no ${missing}; ${found}.`,
    "Choose a model, or a revision of it, whose weights are .safetensors files.",
  );
}

/** The weights of a hub folder as one file, whether they lie in one or in several. */
export async function openHubWeights(
  hub: Hub,
  listing: HubListing,
  sourceOf: SourceOf = (file, facts) => hub.source(listing, file, facts),
  signal?: AbortSignal,
): Promise<SafetensorsFile> {
  const open = async (file: string): Promise<SafetensorsFile> => {
    const facts = listing.files.get(file);
    if (facts === undefined) throw noWeights(listing, file);
    return openSafetensors(await sourceOf(file, facts), signal);
  };
  const indexFacts = listing.files.get(SHARD_INDEX);
  if (listing.files.has("model.safetensors") || indexFacts === undefined) return open("model.safetensors");
  const json = await hub.json(listing, SHARD_INDEX, { facts: indexFacts, ...(signal && { signal }) });
  const index = parseShardIndex(json);
  const shards: SafetensorsFile[] = [];
  for (const file of index.files) shards.push(await open(file));
  return joinShards(listing.repository, shards, index);
}
