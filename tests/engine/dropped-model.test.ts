import { describe, expect, it } from "vitest";
import { BrowserModels } from "../../src/engine/browser-loader";
import { droppedCheckpoint, droppedTitle } from "../../src/engine/dropped-model";
import { sha256 } from "../../src/files/sha256";
import { writeSafetensors } from "../../src/files/safetensors-writer";
import { openSafetensors } from "../../src/files/safetensors";
import { memorySource } from "../../src/files/byte-source";
import { createNodeBackend } from "../../src/runtime/node";
import { vitConfigJson } from "../../src/stages/model/vit-config";
import { tinyFiles, tinyVit, tinyWeights } from "../support/tiny-vit";

/** A file with its path in a dropped folder, which Node's own lacks; an empty one if it was dropped alone. */
function inFolder(file: File, folder = ""): File {
  return Object.defineProperty(file, "webkitRelativePath", { value: folder && `${folder}/${file.name}` });
}

describe("the title of a dropped model", () => {
  const title = (name: unknown, file = "model.safetensors", path = "") => {
    const weights = inFolder(new File([], file), path);
    const config = name === undefined ? {} : { _name_or_path: name };
    return droppedTitle({ config, weightFiles: [weights] });
  };

  it("is what its configuration names it, without the folders of the machine it was made on", () => {
    expect(title("google/vit-base-patch16-224")).toBe("google/vit-base-patch16-224");
    expect(title("/home/me/runs/vit-memorized/")).toBe("vit-memorized");
    expect(title("C:\\runs\\vit-memorized")).toBe("vit-memorized");
    expect(title("./vit-memorized")).toBe("vit-memorized");
  });

  it("is else that of its folder, then of its file", () => {
    expect(title(undefined, "model.safetensors", "mine/vit-own")).toBe("vit-own");
    expect(title("", "vit-own.safetensors")).toBe("vit-own");
    expect(title(7, "vit-own-00001-of-00002.safetensors")).toBe("vit-own");
    expect(title(undefined)).toBe("Dropped model");
  });
});

describe("a dropped model", () => {
  const context = { signal: new AbortController().signal, onProgress: () => undefined };

  it("is known by the hash of its weights and loads under its title", async () => {
    const models = new BrowserModels();
    const hash = await models.adopt(
      tinyFiles(3, "owner/tiny").map((file) => inFolder(file)),
      context,
    );
    expect(hash).toBe(sha256(tinyWeights(3)));
    const model = await models.load(
      { model: { kind: "dropped", sha256: hash } },
      createNodeBackend(),
      context,
    );
    expect(model.summary).toMatchObject({ title: "owner/tiny", layers: 1, hiddenSize: 16 });
  });

  it("tells how much of its weights has been read, and stops when asked", async () => {
    const models = new BrowserModels();
    const files = tinyFiles().map((file) => inFolder(file));
    const heard: [number, number, string][] = [];
    const onProgress = (done: number, total: number, unit: string): unknown =>
      heard.push([done, total, unit]);
    await models.adopt(files, { ...context, onProgress });
    const size = tinyWeights().byteLength / 1e6;
    expect(heard.at(-1)).toEqual([size, size, "MB"]);
    const stopped = models.adopt(files, { ...context, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  });

  it("may be cut into several files", async () => {
    const whole = await openSafetensors(memorySource("w", tinyWeights()));
    const names = [...whole.tensors.keys()];
    const part = async (chosen: readonly string[]): Promise<Uint8Array<ArrayBuffer>> =>
      writeSafetensors(
        new Map(await Promise.all(chosen.map(async (name) => [name, await whole.float32(name)] as const))),
      );
    const files = [
      new File([JSON.stringify(vitConfigJson(tinyVit))], "config.json"),
      new File([await part(names.slice(9))], "model-00002-of-00002.safetensors"),
      new File([await part(names.slice(0, 9))], "model-00001-of-00002.safetensors"),
    ].map((file) => inFolder(file, "runs/tiny-in-two"));
    const { checkpoint } = await droppedCheckpoint(files);
    expect(checkpoint.title).toBe("tiny-in-two");
    const models = new BrowserModels();
    const spec = { model: { kind: "dropped" as const, sha256: await models.adopt(files, context) } };
    const model = await models.load(spec, createNodeBackend(), context);
    const last = names.at(-1)!;
    const backend = createNodeBackend();
    expect(await backend.download(model.parameters.get(last)!)).toEqual((await whole.float32(last)).data);
  });

  it("that is not here any more is asked for again", async () => {
    const spec = { model: { kind: "dropped" as const, sha256: "0".repeat(64) } };
    const loading = new BrowserModels().load(spec, createNodeBackend(), context);
    await expect(loading).rejects.toThrow("was dropped on another page or before a reload");
  });
});
