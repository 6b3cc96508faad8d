import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DroppedError, hashWeights, openDropped, type DroppedCode } from "../../src/files/dropped";
import { SafetensorsError } from "../../src/files/safetensors-header";
import { writeSafetensors } from "../../src/files/safetensors-writer";
import { float32 } from "../../src/tensor/host-tensor";

function file(name: string, content: string | Uint8Array<ArrayBuffer>, path = ""): File {
  const made = new File([content], name);
  // Node's File has no webkitRelativePath; browsers give "" for single files.
  Object.defineProperty(made, "webkitRelativePath", { value: path });
  return made;
}

const weightsOf = (tensor: string, ...values: number[]): Uint8Array<ArrayBuffer> =>
  writeSafetensors(new Map([[tensor, float32([values.length], values)]]));

const config = file("config.json", '{"hidden_size":32}');
const weights = file("model.safetensors", weightsOf("w", 1, 2));
const shardA = file("model-00001-of-00002.safetensors", weightsOf("a", 1));
const shardB = file("model-00002-of-00002.safetensors", weightsOf("b", 2));
const indexOf = (map: Record<string, unknown>): File =>
  file("model.safetensors.index.json", JSON.stringify({ metadata: { total_size: 8 }, weight_map: map }));
const index = indexOf({ a: shardA.name, b: shardB.name });

async function codeOf(files: readonly File[]): Promise<[code: string, message: string]> {
  const error: unknown = await openDropped(files).then(
    () => new Error("expected an error, the files were taken"),
    (reason: unknown) => reason,
  );
  if (error instanceof DroppedError || error instanceof SafetensorsError) return [error.code, error.message];
  throw error as Error;
}

describe("a dropped model", () => {
  it("is found among other files, whatever their order", async () => {
    const folder = await openDropped([
      file("README.md", "# model"),
      weights,
      file("training.json", '{"seed":1}'),
      file("preprocessor_config.json", '{"size":32}'),
      config,
    ]);
    expect(folder.config).toEqual({ hidden_size: 32 });
    expect(folder.training).toEqual({ seed: 1 });
    expect(folder.preprocessor).toEqual({ size: 32 });
    expect([...(await folder.weights.float32("w")).data]).toEqual([1, 2]);
    expect(folder.weights.name).toBe("model.safetensors");
  });

  it("needs neither training record nor preprocessor", async () => {
    const folder = await openDropped([config, weights]);
    expect(folder.training).toBeUndefined();
    expect(folder.preprocessor).toBeUndefined();
  });

  it("may have its only weights under another name", async () => {
    const folder = await openDropped([config, file("edited.safetensors", weightsOf("w", 5))]);
    expect([...(await folder.weights.float32("w")).data]).toEqual([5]);
  });

  it("is the folder nearest to the top when others lie below it", async () => {
    const folder = await openDropped([
      file("config.json", '{"inner":true}', "vit/onnx/config.json"),
      file("model.safetensors", weightsOf("inner", 9), "vit/onnx/model.safetensors"),
      file("model.safetensors", weightsOf("w", 3), "vit/model.safetensors"),
      file("config.json", '{"outer":true}', "vit/config.json"),
    ]);
    expect(folder.config).toEqual({ outer: true });
    expect([...folder.weights.tensors.keys()]).toEqual(["w"]);
  });

  it("is known by the SHA-256 of its weights", async () => {
    const expected = createHash("sha256")
      .update(weightsOf("w", 1, 2))
      .digest("hex");
    expect(await hashWeights({ weightFiles: [weights] })).toBe(expected);
    const large = new Uint8Array(9 << 20).fill(3);
    const progress: number[] = [];
    const hash = await hashWeights(
      { weightFiles: [file("a.safetensors", large), weights] },
      undefined,
      (done, total) => progress.push(done / total),
    );
    expect(hash).toBe(
      createHash("sha256")
        .update(large)
        .update(weightsOf("w", 1, 2))
        .digest("hex"),
    );
    expect(progress.at(-1)).toBe(1);
    expect(progress).toHaveLength(4);
    await expect(hashWeights({ weightFiles: [weights] }, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});

describe("weights in several files", () => {
  it.each([
    ["with their index", [config, shardB, index, shardA]],
    ["without their index", [shardB, config, shardA]],
  ])("read as one %s", async (_how, files) => {
    const folder = await openDropped(files);
    expect([...folder.weights.tensors.keys()].sort()).toEqual(["a", "b"]);
    expect([...(await folder.weights.float32("a")).data]).toEqual([1]);
    expect([...(await folder.weights.float32("b")).data]).toEqual([2]);
    expect(folder.weightFiles.map(({ name }) => name)).toEqual([shardA.name, shardB.name]);
    expect(() => folder.weights.entry("c")).toThrow("has no tensor c; it has 2, for example a, b");
  });

  it.each([
    ["with their index", [config, index, shardA]],
    ["without their index", [config, shardA]],
  ])("are refused when one is missing, %s", async (_how, files) => {
    const [code, message] = await codeOf(files);
    expect(code).toBe("missing-shard");
    expect(message).toContain("model-00002-of-00002.safetensors is missing. Drop all files");
  });

  it.each([
    ["a tensor lies in another file", { a: shardB.name, b: shardB.name, x: shardA.name }],
    ["a tensor is in no file", { a: shardA.name, b: shardB.name, c: shardB.name }],
    ["it leads out of the folder", { a: "../secret.safetensors" }],
    ["it names no text", { a: 3 }],
  ])("are refused when the index is wrong: %s", async (_what, map) => {
    expect((await codeOf([config, shardA, shardB, indexOf(map)]))[0]).toBe("index");
  });

  it("are refused when the index has no map, or two files hold one tensor", async () => {
    const empty = file("model.safetensors.index.json", "[]");
    expect((await codeOf([config, shardA, shardB, empty]))[1]).toContain("has no weight_map");
    const again = file(shardB.name, weightsOf("a", 7));
    expect((await codeOf([config, shardA, again]))[1]).toContain(
      `both ${shardA.name} and ${shardB.name} hold a`,
    );
  });
});

describe("a drop without a model says what is missing", () => {
  it.each<[string, File[], DroppedCode, string]>([
    ["nothing", [], "no-config", "Nothing was dropped."],
    ["weights alone", [weights], "no-config", "config.json is missing among model.safetensors."],
    ["a config alone", [config], "no-weights", "model.safetensors is missing."],
    [
      "weights of PyTorch",
      [config, file("pytorch_model.bin", "x")],
      "other-format",
      "The weights are in pytorch_model.bin",
    ],
    [
      "two sets of weights",
      [config, file("a.safetensors", weightsOf("w", 1)), file("b.safetensors", weightsOf("w", 1))],
      "ambiguous",
      "a.safetensors, b.safetensors",
    ],
    [
      "two models",
      [file("config.json", "{}", "one/config.json"), file("config.json", "{}", "two/config.json"), weights],
      "ambiguous",
      "one/config.json, two/config.json",
    ],
    [
      "a config that is a web page",
      [file("config.json", "<html>"), weights],
      "not-json",
      "config.json is no JSON",
    ],
    [
      "a damaged training record",
      [config, weights, file("training.json", "{")],
      "not-json",
      "training.json is no JSON",
    ],
  ])("%s", async (_what, files, code, text) => {
    const [found, message] = await codeOf(files);
    expect(found).toBe(code);
    expect(message).toContain(text);
  });

  it("and names a weights file that is damaged", async () => {
    const cut = file("model.safetensors", weightsOf("w", 1, 2).slice(0, -1));
    const [code, message] = await codeOf([config, cut]);
    expect(code).toBe("file-length");
    expect(message).toContain("model.safetensors should have");
  });
});
