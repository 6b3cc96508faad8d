import { ConfigError, isObject, readInteger, shown, type Json } from "./config-json";

/** The part of a Hugging Face OLMo-2 `config.json` that decides the graph. */
export interface Olmo2Config {
  readonly vocabulary: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  /** Heads of keys and values; each serves `heads / keyValueHeads` heads of queries. */
  readonly keyValueHeads: number;
  readonly headSize: number;
  /** Tokens of the longest text it was made for. */
  readonly contextLength: number;
  readonly normEpsilon: number;
  /** Base θ of the rotary frequencies θ^(−2i/headSize). */
  readonly ropeTheta: number;
  /** The head is the embedding, so there is no `lm_head.weight`. */
  readonly tiedHead: boolean;
  /** Tokens that end a text. */
  readonly endTokens: readonly number[];
}

/** A number above `low` and at most `high`. */
function readPositive(value: unknown, field: string, high: number): number {
  if (typeof value === "number" && value > 0 && value <= high) return value;
  throw new ConfigError(
    `config.json: ${field} is ${shown(value)}; expected a number above 0 and at most ${high}`,
  );
}

function readFlag(config: Json, field: string): boolean {
  const value = config[field] ?? false;
  if (typeof value === "boolean") return value;
  throw new ConfigError(`config.json: ${field} is ${shown(value)}; expected true or false`);
}

/**
 * θ of the rotary positions, beside `rope_scaling` (transformers before version 5) or inside `rope_parameters`. Schemes
 * that stretch the positions are refused: without them the model would compute something else.
 */
function readRopeTheta(config: Json): number {
  for (const field of ["rope_parameters", "rope_scaling"]) {
    const scheme = config[field] ?? undefined;
    if (scheme === undefined) continue;
    const type = isObject(scheme) ? (scheme["rope_type"] ?? scheme["type"] ?? "default") : scheme;
    if (type !== "default") {
      throw new ConfigError(
        `config.json: the rope_type of ${field} is ${shown(type)}; the lab computes plain rotary positions ("default") only`,
      );
    }
  }
  const parameters = config["rope_parameters"];
  const inner = isObject(parameters) ? parameters["rope_theta"] : undefined;
  return readPositive(inner ?? config["rope_theta"] ?? 10_000, "rope_theta", 1e12);
}

function readEndTokens(config: Json, vocabulary: number): number[] {
  const value = config["eos_token_id"] ?? [];
  const tokens: unknown[] = Array.isArray(value) ? value : [value];
  return tokens.map((token) => {
    if (typeof token === "number" && Number.isInteger(token) && token >= 0 && token < vocabulary)
      return token;
    throw new ConfigError(
      `config.json: eos_token_id is ${shown(value)}; expected token ids from 0 to ${vocabulary - 1}`,
    );
  });
}

function requireOlmo2(config: Json): void {
  const architectures = config["architectures"];
  const named = Array.isArray(architectures) ? architectures : [];
  if (config["model_type"] !== "olmo2" || (named.length > 0 && !named.includes("Olmo2ForCausalLM"))) {
    throw new ConfigError(
      `config.json: model_type is ${shown(config["model_type"])} and architectures ${shown(architectures)}; expected "olmo2" and Olmo2ForCausalLM`,
    );
  }
  const activation = config["hidden_act"] ?? "silu";
  if (activation !== "silu") {
    throw new ConfigError(
      `config.json: hidden_act is ${shown(activation)}; the lab runs OLMo-2 with "silu" only`,
    );
  }
  if (readFlag(config, "attention_bias")) {
    throw new ConfigError("config.json: attention_bias is true; the lab runs OLMo-2 without biases only");
  }
}

function readHeads(
  config: Json,
  hiddenSize: number,
): Pick<Olmo2Config, "heads" | "keyValueHeads" | "headSize"> {
  const heads = readInteger(config, "num_attention_heads", 1, 256, 32);
  const keyValueHeads = readInteger(config, "num_key_value_heads", 1, 256, heads);
  if (heads % keyValueHeads !== 0) {
    throw new ConfigError(
      `config.json: num_attention_heads ${heads} is no multiple of num_key_value_heads ${keyValueHeads}`,
    );
  }
  const given = config["head_dim"] ?? undefined;
  if (given === undefined && hiddenSize % heads !== 0) {
    throw new ConfigError(
      `config.json: hidden_size ${hiddenSize} is no multiple of num_attention_heads ${heads}, and head_dim is missing`,
    );
  }
  const headSize = readInteger(config, "head_dim", 1, 1024, hiddenSize / heads);
  if (headSize % 2 !== 0) {
    throw new ConfigError(
      `config.json: heads of size ${headSize}; rotary positions turn pairs of entries, so it must be even`,
    );
  }
  return { heads, keyValueHeads, headSize };
}

/**
 * Reads and checks an OLMo-2 configuration.
 * @throws ConfigError naming the first field that is missing or absurd.
 */
export function readOlmo2Config(json: unknown): Olmo2Config {
  if (!isObject(json)) throw new ConfigError("config.json: expected a JSON object");
  requireOlmo2(json);
  const hiddenSize = readInteger(json, "hidden_size", 1, 16_384, 4096);
  const vocabulary = readInteger(json, "vocab_size", 2, 1_000_000, 50_304);
  return {
    vocabulary,
    hiddenSize,
    ...readHeads(json, hiddenSize),
    intermediateSize: readInteger(json, "intermediate_size", 1, 131_072, 11_008),
    layers: readInteger(json, "num_hidden_layers", 1, 128, 32),
    contextLength: readInteger(json, "max_position_embeddings", 1, 1_048_576, 2048),
    normEpsilon: readPositive(json["rms_norm_eps"] ?? 1e-5, "rms_norm_eps", 0.1),
    ropeTheta: readRopeTheta(json),
    tiedHead: readFlag(json, "tie_word_embeddings"),
    endTokens: readEndTokens(json, vocabulary),
  };
}

/** The `config.json` of an OLMo-2 the lab trained. */
export function olmo2ConfigJson(config: Olmo2Config): Json {
  const [endToken = null] = config.endTokens;
  return {
    architectures: ["Olmo2ForCausalLM"],
    model_type: "olmo2",
    vocab_size: config.vocabulary,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.keyValueHeads,
    head_dim: config.headSize,
    hidden_act: "silu",
    max_position_embeddings: config.contextLength,
    initializer_range: 0.02,
    rms_norm_eps: config.normEpsilon,
    rope_theta: config.ropeTheta,
    attention_bias: false,
    attention_dropout: 0,
    tie_word_embeddings: config.tiedHead,
    bos_token_id: null,
    eos_token_id: config.endTokens.length > 1 ? config.endTokens : endToken,
    pad_token_id: null,
    torch_dtype: "float32",
  };
}
