import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/stages/model/config-json";
import { readVitConfig, vitConfigJson } from "../../../src/stages/model/vit-config";
import fixture from "../../fixtures/vit-random/config.json";

describe("config.json of a ViT", () => {
  it("is read field by field", () => {
    expect(readVitConfig(fixture)).toEqual({
      hiddenSize: 48,
      layers: 3,
      heads: 4,
      intermediateSize: 96,
      layerNormEpsilon: 1e-12,
      imageSize: 16,
      patchSize: 4,
      channels: 3,
      qkvBias: true,
      classNames: Array.from({ length: 7 }, (_, i) => `class ${String(i)}`),
    });
  });

  it("written by the lab reads back as it was", () => {
    const config = { ...readVitConfig(fixture), qkvBias: false, layerNormEpsilon: 1e-6 };
    expect(readVitConfig(JSON.parse(JSON.stringify(vitConfigJson(config))))).toEqual(config);
  });

  it("has the defaults of transformers where fields are missing", () => {
    expect(readVitConfig({ model_type: "vit" })).toMatchObject({
      hiddenSize: 768,
      layers: 12,
      heads: 12,
      intermediateSize: 3072,
      imageSize: 224,
      patchSize: 16,
      qkvBias: true,
      classNames: ["class 0", "class 1"],
    });
  });

  it("takes classes in the order of their numbers, not of their keys", () => {
    const id2label = {
      "1": "square",
      "10": "star",
      "0": "disc",
      ...Object.fromEntries([2, 3, 4, 5, 6, 7, 8, 9].map((i) => [i, `c${String(i)}`])),
    };
    const { classNames } = readVitConfig({ ...fixture, id2label });
    expect([classNames[0], classNames[1], classNames[10]]).toEqual(["disc", "square", "star"]);
  });

  const bad: [string, unknown, string][] = [
    ["no object", [1], "expected a JSON object"],
    ["nothing", null, "expected a JSON object"],
    ["another model type", { ...fixture, model_type: "olmo2" }, 'model_type is "olmo2"'],
    ["no model type", {}, "model_type is missing"],
    [
      "another head",
      { ...fixture, architectures: ["ViTForMaskedImageModeling"] },
      "ViTForMaskedImageModeling",
    ],
    ["another activation", { ...fixture, hidden_act: "gelu_new" }, 'hidden_act is "gelu_new"'],
    [
      "a size of text",
      { ...fixture, hidden_size: "48" },
      'hidden_size is "48"; expected a whole number from 1',
    ],
    ["a negative size", { ...fixture, intermediate_size: -1 }, "intermediate_size is -1"],
    ["a fraction of layers", { ...fixture, num_hidden_layers: 2.5 }, "num_hidden_layers is 2.5"],
    ["no layers", { ...fixture, num_hidden_layers: 0 }, "num_hidden_layers is 0"],
    ["an absurd size", { ...fixture, hidden_size: 1e9 }, "hidden_size is 1000000000"],
    [
      "heads that do not divide",
      { ...fixture, num_attention_heads: 5 },
      "hidden_size 48 is no multiple of num_attention_heads 5",
    ],
    [
      "patches that do not tile",
      { ...fixture, patch_size: 5 },
      "image_size 16 is no multiple of patch_size 5",
    ],
    ["an epsilon of text", { ...fixture, layer_norm_eps: "1e-12" }, 'layer_norm_eps is "1e-12"'],
    ["an epsilon above 1", { ...fixture, layer_norm_eps: 2 }, "layer_norm_eps is 2"],
    [
      "a gap in the classes",
      { ...fixture, id2label: { "0": "a", "2": "b" } },
      'id2label has 2 entries but "1" is missing',
    ],
    ["a class that is no text", { ...fixture, id2label: { "0": "a", "1": 7 } }, '"1" is 7'],
  ];
  it.each(bad)("is refused with %s", (_, json, message) => {
    expect(() => readVitConfig(json)).toThrow(ConfigError);
    expect(() => readVitConfig(json)).toThrow(message);
    expect(() => readVitConfig(json)).toThrow("config.json: ");
  });
});
