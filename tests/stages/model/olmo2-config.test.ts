import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/stages/model/config-json";
import { olmo2ConfigJson, readOlmo2Config } from "../../../src/stages/model/olmo2-config";
import fixture from "../../fixtures/olmo2-random/config.json";

describe("config.json of an OLMo-2", () => {
  it("is read field by field", () => {
    expect(readOlmo2Config(fixture)).toEqual({
      vocabulary: 97,
      hiddenSize: 32,
      intermediateSize: 80,
      layers: 3,
      heads: 4,
      keyValueHeads: 2,
      headSize: 8,
      contextLength: 64,
      normEpsilon: 1e-6,
      ropeTheta: 500_000,
      tiedHead: false,
      endTokens: [1],
    });
  });

  it.each([{}, { tiedHead: true, endTokens: [] }, { headSize: 6, endTokens: [1, 2] }])(
    "written by the lab reads back as it was",
    (changed) => {
      const config = { ...readOlmo2Config(fixture), ...changed };
      expect(readOlmo2Config(JSON.parse(JSON.stringify(olmo2ConfigJson(config))))).toEqual(config);
    },
  );

  it("has the defaults of transformers where fields are missing or null", () => {
    const defaults = {
      vocabulary: 50_304,
      hiddenSize: 4096,
      intermediateSize: 11_008,
      layers: 32,
      heads: 32,
      keyValueHeads: 32,
      headSize: 128,
      contextLength: 2048,
      normEpsilon: 1e-5,
      ropeTheta: 10_000,
      tiedHead: false,
      endTokens: [],
    };
    expect(readOlmo2Config({ model_type: "olmo2" })).toEqual(defaults);
    const nulls = { num_key_value_heads: null, head_dim: null, rope_scaling: null, eos_token_id: null };
    expect(readOlmo2Config({ model_type: "olmo2", ...nulls })).toEqual(defaults);
  });

  it("may name the base of the rotary positions in either of transformers' ways", () => {
    const parameters = { rope_type: "default", rope_theta: 1234 };
    const base = { ...fixture, rope_theta: undefined };
    expect(readOlmo2Config({ ...base, rope_parameters: parameters }).ropeTheta).toBe(1234);
    expect(readOlmo2Config({ ...base, rope_parameters: { rope_theta: 99 } }).ropeTheta).toBe(99);
    expect(readOlmo2Config({ ...base, rope_theta: 77, rope_scaling: { type: "default" } }).ropeTheta).toBe(
      77,
    );
  });

  const bad: [string, unknown, string][] = [
    ["no object", [], "expected a JSON object"],
    ["of another model", { model_type: "olmo3" }, 'model_type is "olmo3"'],
    ["of another task", { ...fixture, architectures: ["Olmo2Model"] }, 'architectures ["Olmo2Model"]'],
    ["with another activation", { ...fixture, hidden_act: "gelu" }, 'hidden_act is "gelu"'],
    ["with biases", { ...fixture, attention_bias: true }, "attention_bias is true"],
    ["with a bias flag that is none", { ...fixture, attention_bias: "no" }, "expected true or false"],
    ["with an absurd vocabulary", { ...fixture, vocab_size: 1e12 }, "vocab_size is 1000000000000"],
    ["with no layers", { ...fixture, num_hidden_layers: 0 }, "num_hidden_layers is 0"],
    ["with a fraction of a size", { ...fixture, hidden_size: 32.5 }, "hidden_size is 32.5"],
    ["with a text for a size", { ...fixture, intermediate_size: "80" }, 'intermediate_size is "80"'],
    [
      "whose key heads do not divide the heads",
      { ...fixture, num_key_value_heads: 3 },
      "num_attention_heads 4 is no multiple of num_key_value_heads 3",
    ],
    [
      "whose heads do not divide the width",
      { ...fixture, num_attention_heads: 5, num_key_value_heads: 5 },
      "hidden_size 32 is no multiple of num_attention_heads 5",
    ],
    ["with heads of odd size", { ...fixture, head_dim: 7 }, "heads of size 7"],
    ["with an epsilon of 0", { ...fixture, rms_norm_eps: 0 }, "rms_norm_eps is 0"],
    ["with a negative base", { ...fixture, rope_theta: -1 }, "rope_theta is -1"],
    [
      "with stretched positions",
      { ...fixture, rope_parameters: { rope_type: "yarn", rope_theta: 1e4, factor: 4 } },
      'the rope_type of rope_parameters is "yarn"',
    ],
    [
      "with stretched positions in the old way",
      { ...fixture, rope_scaling: { type: "linear", factor: 2 } },
      'the rope_type of rope_scaling is "linear"',
    ],
    ["with a scheme that is none", { ...fixture, rope_scaling: 4 }, "the rope_type of rope_scaling is 4"],
    ["with an end beyond the vocabulary", { ...fixture, eos_token_id: [1, 97] }, "eos_token_id is [1,97]"],
    ["of a single token", { ...fixture, vocab_size: 1 }, "vocab_size is 1"],
  ];
  it.each(bad)("%s is refused", (_, json, message) => {
    expect(() => readOlmo2Config(json)).toThrow(ConfigError);
    expect(() => readOlmo2Config(json)).toThrow(message);
  });
});
