import { memorySource } from "../files/byte-source";
import { openSafetensors } from "../files/safetensors";
import type { Checkpoint } from "../stages/model/checkpoint";
import type { StageContext } from "../stages/progress";
import { LabError } from "./failure";
import { modelTokenizer, readsText } from "./model-tokenizer";
import { readTrainingRecord } from "./training-record";

/** Where `public/models` is served: beside the built worker's folder, or at the root of the development server. */
function modelsUrl(): URL {
  return import.meta.env.DEV
    ? new URL("/models/", self.location.href)
    : new URL("../models/", self.location.href);
}

async function fetched(url: URL, { signal }: StageContext): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    signal.throwIfAborted();
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

async function json(url: URL, context: StageContext): Promise<unknown> {
  const text = await (await fetched(url, context)).text();
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new LabError(
      `${url.pathname} is no JSON: ${error instanceof Error ? error.message : String(error)}.`,
      "Reload the page; if that does not help, choose another model.",
    );
  }
}

/** Bytes of a response, counted as they come. */
async function bytesOf(response: Response, context: StageContext): Promise<Uint8Array<ArrayBuffer>> {
  const total = Number(response.headers.get("content-length") ?? 0);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) break;
    chunks.push(next.value);
    received += next.value.byteLength;
    context.onProgress(received / 1e6, Math.max(total, received) / 1e6, "MB");
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** A checkpoint of `public/models`. */
export async function shippedCheckpoint(name: string, context: StageContext): Promise<Checkpoint> {
  const folder = new URL(`${encodeURIComponent(name)}/`, modelsUrl());
  const config = await json(new URL("config.json", folder), context);
  const training = readTrainingRecord(await json(new URL("training.json", folder), context));
  const file = (name: string): Promise<unknown> => json(new URL(name, folder), context);
  const tokenizer = readsText(config)
    ? modelTokenizer(await file("tokenizer.json"), await file("tokenizer_config.json"))
    : undefined;
  const response = await fetched(new URL("model.safetensors", folder), context);
  const weights = await openSafetensors(memorySource("model.safetensors", await bytesOf(response, context)));
  return { title: name, config, weights, tokenizer, training };
}
