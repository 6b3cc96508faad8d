import { blobSource, type ByteSource } from "./byte-source";
import type { Hub, HubFolder, LoadOptions, HubFileFacts } from "./hub";
import { sha256 } from "./sha256";
import type { Store } from "./store";

/**
 * Key of a hub file in the store: its SHA-256 where the hub tells it, so that one file in two models is kept once;
 * else the hash of its address, which is as good when the revision is a commit.
 */
export function hubKey(hub: Hub, folder: HubFolder, file: string, facts: HubFileFacts | undefined): string {
  const address = new TextEncoder().encode(hub.url(folder, file));
  return facts?.sha256 === undefined ? `url-${sha256(address)}` : `sha256-${facts.sha256}`;
}

/** A hub file from the store; loaded, checked and kept if it is not there. */
export async function storedHubFile(
  hub: Hub,
  store: Store,
  folder: HubFolder,
  file: string,
  options: LoadOptions = {},
): Promise<ByteSource> {
  const key = hubKey(hub, folder, file, options.facts);
  const kept = await store.get(key);
  options.signal?.throwIfAborted();
  const content = kept ?? (await store.put(key, (write) => hub.stream(folder, file, write, options)));
  return blobSource(`${file} of ${folder.repository}`, content);
}
