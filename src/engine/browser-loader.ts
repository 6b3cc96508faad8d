import { blobSource, memorySource, type ByteSource } from "../files/byte-source";
import { createHub } from "../files/hub";
import { openSafetensors } from "../files/safetensors";
import { sha256 } from "../files/sha256";
import { openStore } from "../files/store";
import { storedHubFile } from "../files/stored-file";
import { loadVit, type Checkpoint } from "../stages/model/checkpoint";
import type { ModelSpec, TrainingSummary } from "../stages/model/types";
import type { StageContext } from "../stages/progress";
import { LabError } from "./failure";
import type { ModelLoader } from "./pipeline";
import { readTrainingRecord } from "./training-record";

/** Files a person dropped, kept while the page is open. */
interface DroppedModel {
  readonly config: unknown;
  readonly weights: ByteSource;
  readonly training: TrainingSummary | undefined;
}

/** Where `public/models` is served: beside the built worker's folder, or at the root of the development server. */
function modelsUrl(): URL {
  return import.meta.env.DEV
    ? new URL("/models/", self.location.href)
    : new URL("../models/", self.location.href);
}

async function fetched(url: URL, context: Pick<StageContext, "signal">): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal: context.signal });
  } catch (error) {
    context.signal.throwIfAborted();
    throw new LabError(
      `${url.pathname} could not be loaded: ${error instanceof Error ? error.message : String(error)}.`,
      "Check the network and run again; what is on the page stays usable.",
    );
  }
  if (response.ok && !(response.headers.get("content-type") ?? "").startsWith("text/html")) return response;
  const status = response.ok
    ? "the server sent a web page instead"
    : `the server answered ${response.status}`;
  throw new LabError(`${url.pathname} could not be loaded: ${status}.`, "Choose another model.");
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new LabError(
      `${file} is no JSON: ${error instanceof Error ? error.message : String(error)}.`,
      "Choose the file that belongs to the model.",
    );
  }
}

/** Bytes of a response, counted as they come. */
async function bytesOf(response: Response, context: StageContext): Promise<Uint8Array<ArrayBuffer>> {
  const total = Number(response.headers.get("content-length") ?? 0);
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) break;
    chunks.push(next.value);
    received += next.value.byteLength;
    context.onProgress(received / 1e6, Math.max(total, received) / 1e6, "MB");
  }
  const bytes = new Uint8Array(received);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

async function shipped(name: string, context: StageContext): Promise<Checkpoint> {
  const folder = new URL(`${encodeURIComponent(name)}/`, modelsUrl());
  const text = async (file: string): Promise<unknown> =>
    parseJson(await (await fetched(new URL(file, folder), context)).text(), file);
  const config = await text("config.json");
  const training = readTrainingRecord(await text("training.json"));
  const response = await fetched(new URL("model.safetensors", folder), context);
  const weights = await openSafetensors(memorySource("model.safetensors", await bytesOf(response, context)));
  return { title: name, config, weights, training };
}

async function fromHub(
  spec: Extract<ModelSpec, { kind: "hub" }>,
  context: StageContext,
): Promise<Checkpoint> {
  const hub = createHub();
  const { signal } = context;
  const store = await openStore();
  const listing = await hub.listing(spec.repository, spec.revision, signal);
  const configBytes = await hub.load(listing, "config.json", { signal });
  const config = parseJson(new TextDecoder().decode(configBytes), "config.json");
  const facts = listing.files.get("model.safetensors");
  const source = await storedHubFile(hub, store, listing, "model.safetensors", {
    signal,
    ...(facts && { facts }),
    onProgress: (bytes, total) => {
      context.onProgress(bytes / 1e6, (total ?? bytes) / 1e6, "MB");
    },
  });
  const weights = await openSafetensors(source, signal);
  return { title: spec.repository, config, weights, training: undefined };
}

/** Models from `public/models`, the hub, and files dropped on the page. */
export class BrowserModels {
  readonly #dropped = new Map<string, DroppedModel>();

  readonly load: ModelLoader = async (recipe, backend, context) =>
    loadVit(backend, await this.#checkpoint(recipe.model, context), context);

  /** Keeps dropped files; resolves to the hash they are known by. */
  async adopt(files: readonly File[]): Promise<string> {
    const config = files.find(({ name }) => name === "config.json");
    const weights = files.find(({ name }) => name === "model.safetensors");
    const training = files.find(({ name }) => name === "training.json");
    const missing = [config ? [] : ["config.json"], weights ? [] : ["model.safetensors"]].flat();
    if (!config || !weights) {
      throw new LabError(
        `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing among ${files.length} file(s): ${files.map(({ name }) => name).join(", ")}.`,
        "Drop a Hugging Face folder: config.json and model.safetensors together.",
      );
    }
    const source = blobSource(weights.name, weights);
    // Faults of the file show now, not in the middle of a run.
    await openSafetensors(source);
    const hash = sha256(new Uint8Array(await weights.arrayBuffer()));
    this.#dropped.set(hash, {
      config: parseJson(await config.text(), "config.json"),
      weights: source,
      training: training && readTrainingRecord(parseJson(await training.text(), "training.json")),
    });
    return hash;
  }

  async #checkpoint(spec: ModelSpec, context: StageContext): Promise<Checkpoint> {
    if (spec.kind === "shipped") return shipped(spec.name, context);
    if (spec.kind === "hub") return fromHub(spec, context);
    const dropped = this.#dropped.get(spec.sha256);
    if (!dropped) {
      throw new LabError(
        "The link names a model that was dropped on another page or before a reload.",
        "Drop its folder again, or choose a shipped model.",
      );
    }
    const { config, weights, training } = dropped;
    return { title: "Dropped model", config, weights: await openSafetensors(weights), training };
  }
}
