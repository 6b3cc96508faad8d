import type { ByteSource } from "../files/byte-source";
import type { Hub, HubFileFacts, HubListing } from "../files/hub";
import { openHubWeights } from "../files/hub-weights";
import { StoreError, type Store } from "../files/store";
import { storedHubFile } from "../files/stored-file";
import type { Checkpoint } from "../stages/model/checkpoint";
import type { ModelSpec } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { modelTokenizer } from "./model-tokenizer";

export type HubSpec = Extract<ModelSpec, { kind: "hub" }>;

/** A file of weights from the store; where the store cannot take it, from the hub range by range, and says so. */
async function weightsSource(
  hub: Hub,
  store: Store,
  listing: HubListing,
  file: string,
  facts: HubFileFacts,
  { signal, onProgress, onNotice }: StageContext,
): Promise<ByteSource> {
  const unit = file === "model.safetensors" ? "MB" : `MB of ${file}`;
  try {
    return await storedHubFile(hub, store, listing, file, {
      signal,
      facts,
      onProgress: (bytes) => {
        onProgress(bytes / 1e6, facts.size / 1e6, unit);
      },
    });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    onNotice?.({
      message: `${error.fault} ${file} is read from the hub each time instead.`,
      remedy: error.remedy,
    });
    return hub.source(listing, file, facts);
  }
}

/** A checkpoint of the hub: its weights, in one file or several, are kept in the store. */
export async function hubCheckpoint(
  hub: Hub,
  store: Store,
  { repository, revision }: HubSpec,
  context: StageContext,
): Promise<Checkpoint> {
  const { signal } = context;
  const listing = await hub.listing(repository, revision, signal);
  const facts = listing.files.get("config.json");
  const config = await hub.json(listing, "config.json", { signal, ...(facts && { facts }) });
  const source = (file: string, known: HubFileFacts): Promise<ByteSource> =>
    weightsSource(hub, store, listing, file, known, context);
  const weights = await openHubWeights(hub, listing, source, signal);
  const optional = async (file: string): Promise<unknown> => {
    const known = listing.files.get(file);
    return known && hub.json(listing, file, { signal, facts: known });
  };
  const tokenizer = modelTokenizer(await optional("tokenizer.json"), await optional("tokenizer_config.json"));
  return { title: repository, config, weights, tokenizer, training: undefined };
}
