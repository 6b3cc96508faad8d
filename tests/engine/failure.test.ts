import { describe, expect, it } from "vitest";
import { failureOf, isAbort, LabError } from "../../src/engine/failure";
import { validRecipe } from "../../src/engine/valid-recipe";
import { DroppedError, openDropped } from "../../src/files/dropped";
import { createHub } from "../../src/files/hub";
import { HubError } from "../../src/files/hub-error";
import { memorySource } from "../../src/files/byte-source";
import { openSafetensors } from "../../src/files/safetensors";
import { SafetensorsError } from "../../src/files/safetensors-header";
import { openStore, StoreError } from "../../src/files/store";
import { GpuMemoryError } from "../../src/gpu/buffers";
import { GpuDeviceError } from "../../src/gpu/device-errors";
import { MatrixError } from "../../src/gpu/linalg/matrix-error";
import { createNodeBackend } from "../../src/runtime/node";
import { CheckpointError, loadVit } from "../../src/stages/model/checkpoint";
import { ConfigError } from "../../src/stages/model/config-json";
import { readVitConfig, vitConfigJson } from "../../src/stages/model/vit-config";
import { tinyRecipe, tinyVit, tinyWeights } from "../support/tiny-vit";

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error, none was thrown");
}

const generic = failureOf(new Error("x"), undefined).remedy;
const context = { signal: new AbortController().signal, onProgress: () => undefined };

async function wrongCheckpoint(): Promise<unknown> {
  const weights = await openSafetensors(memorySource("w.safetensors", tinyWeights()));
  const config = vitConfigJson({ ...tinyVit, layers: 2 });
  return loadVit(createNodeBackend(), { title: "", config, weights, training: undefined }, context);
}

/** Each typed error as the lab itself throws it. */
const thrown = [
  [
    "a file that is no safetensors file",
    SafetensorsError,
    () => openSafetensors(memorySource("a.safetensors", new Uint8Array(3))),
    /^a\.safetensors has 3 bytes/,
    /download it or export it again/,
  ],
  [
    "a model name that is none",
    HubError,
    () => createHub().listing("no model", "main"),
    /"no model" is no name/,
    /owner\/model/,
  ],
  [
    "a key the store refuses",
    StoreError,
    async () => (await openStore()).get("a/b"),
    /"a\/b" is no key/,
    /fault of the page/,
  ],
  [
    "dropped files without a configuration",
    DroppedError,
    () => openDropped([new File(["x"], "notes.txt")]),
    /config\.json is missing among notes\.txt/,
    /Drop the model's folder/,
  ],
  [
    "a configuration of another architecture",
    ConfigError,
    () => readVitConfig({ model_type: "bert" }),
    /model_type is "bert"/,
    /Hugging Face ViT image classifier/,
  ],
  [
    "weights of another model",
    CheckpointError,
    wrongCheckpoint,
    /lacks 16 of 40 tensors/,
    /another model or other weights/,
  ],
  [
    "a recipe that contradicts itself",
    LabError,
    () => {
      const recipe = tinyRecipe("0".repeat(64));
      return validRecipe({ ...recipe, edits: recipe.edits.slice(1) });
    },
    /The recipe cannot be run: edits\[0\]/,
    /start from a preset/,
  ],
] as const;

describe("a failure", () => {
  it.each(thrown)("of %s has its message and a remedy of its own", async (_, type, work, message, remedy) => {
    const error = await thrownBy(work);
    expect(error).toBeInstanceOf(type);
    const failure = failureOf(error, "model");
    expect(failure.message).toMatch(message);
    expect(failure.remedy).toMatch(remedy);
    expect(failure.message).not.toContain(failure.remedy);
    expect(failure).toMatchObject({ stage: "model", cancelled: false });
  });

  it.each([
    [new GpuMemoryError("A: needs a buffer of 9 bytes, this device allows 8"), /fewer linears/],
    [new GpuDeviceError("GPU device lost (unknown): hung"), /Run again/],
    [new MatrixError("A of w", "not-positive-semidefinite"), /more images/],
    [new MatrixError("W of w", "not-finite"), /other weights/],
    [new MatrixError("A of w", "not-converged"), /leave this linear out/],
    [new RangeError("factors: w is no linear of this model"), /Change the recipe/],
    [new LabError("It is so.", "Do this."), /^Do this\.$/],
  ])("of a %s keeps the message and says the way out", (error, remedy) => {
    const failure = failureOf(error, "factors");
    expect(failure).toMatchObject({ stage: "factors", message: error.message, cancelled: false });
    expect(failure.remedy).toMatch(remedy);
    expect(failure.remedy).not.toBe(generic);
  });

  it("of an unknown error, or of what is none, still says what to do", () => {
    expect(failureOf(new TypeError("odd"), undefined)).toMatchObject({ message: "odd", stage: undefined });
    expect(failureOf("text", undefined)).toMatchObject({ message: "text", remedy: generic });
    expect(generic).toMatch(/reload the page/);
  });

  it("by an abort is a stop, and no other DOMException is", () => {
    const abort = new DOMException("stopped", "AbortError");
    expect(failureOf(abort, "factors")).toMatchObject({ message: "Stopped.", cancelled: true });
    expect(isAbort(new DOMException("gone", "NotFoundError"))).toBe(false);
    expect(failureOf(new DOMException("gone", "NotFoundError"), undefined).cancelled).toBe(false);
  });
});
