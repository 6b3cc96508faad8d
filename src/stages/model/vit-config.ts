import { ConfigError, isObject, readInteger, shown, type Json } from "./config-json";

/** The part of a Hugging Face ViT `config.json` that decides the graph. */
export interface VitConfig {
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly intermediateSize: number;
  readonly layerNormEpsilon: number;
  readonly imageSize: number;
  readonly patchSize: number;
  readonly channels: number;
  readonly qkvBias: boolean;
  readonly classNames: readonly string[];
}

/** Labels in the order of their class numbers. */
function readClassNames(config: Json): string[] {
  const labels = config["id2label"];
  if (!isObject(labels)) {
    const count = readInteger(config, "num_labels", 2, 100_000, 2);
    return Array.from({ length: count }, (_, i) => `class ${i}`);
  }
  const names = Object.keys(labels).map((_, i) => labels[String(i)]);
  return names.map((name, i) => {
    if (typeof name === "string") return name;
    throw new ConfigError(
      `config.json: id2label has ${names.length} entries but "${i}" is ${shown(name)}; expected texts numbered 0 to ${names.length - 1}`,
    );
  });
}

function requireHiddenAct(config: Json): void {
  const activation = config["hidden_act"] ?? "gelu";
  if (activation !== "gelu") {
    throw new ConfigError(
      `config.json: hidden_act is ${shown(activation)}; the lab runs ViTs with "gelu" (the exact one) only`,
    );
  }
}

/**
 * Reads and checks a ViT configuration.
 * @throws ConfigError naming the first field that is missing or absurd.
 */
export function readVitConfig(json: unknown): VitConfig {
  if (!isObject(json)) throw new ConfigError("config.json: expected a JSON object");
  const architectures = json["architectures"];
  const named = Array.isArray(architectures) ? architectures : [];
  const isVit = json["model_type"] === "vit" || json["model_type"] === "deit";
  if (
    !isVit ||
    (named.length > 0 && !named.some((name) => /^(ViT|DeiT)ForImageClassification$/.test(String(name))))
  ) {
    throw new ConfigError(
      `config.json: model_type is ${shown(json["model_type"])} and architectures ${shown(architectures)}; expected "vit" and ViTForImageClassification`,
    );
  }
  requireHiddenAct(json);
  const hiddenSize = readInteger(json, "hidden_size", 1, 8192, 768);
  const heads = readInteger(json, "num_attention_heads", 1, 256, 12);
  if (hiddenSize % heads !== 0) {
    throw new ConfigError(
      `config.json: hidden_size ${hiddenSize} is no multiple of num_attention_heads ${heads}`,
    );
  }
  const imageSize = readInteger(json, "image_size", 1, 4096, 224);
  const patchSize = readInteger(json, "patch_size", 1, 1024, 16);
  if (imageSize % patchSize !== 0) {
    throw new ConfigError(`config.json: image_size ${imageSize} is no multiple of patch_size ${patchSize}`);
  }
  const epsilon = json["layer_norm_eps"] ?? 1e-12;
  if (typeof epsilon !== "number" || !(epsilon >= 0 && epsilon < 1)) {
    throw new ConfigError(`config.json: layer_norm_eps is ${shown(epsilon)}; expected a number from 0 to 1`);
  }
  return {
    hiddenSize,
    layers: readInteger(json, "num_hidden_layers", 1, 96, 12),
    heads,
    intermediateSize: readInteger(json, "intermediate_size", 1, 65_536, 3072),
    layerNormEpsilon: epsilon,
    imageSize,
    patchSize,
    channels: readInteger(json, "num_channels", 1, 16, 3),
    qkvBias: json["qkv_bias"] !== false,
    classNames: readClassNames(json),
  };
}

/** The `config.json` of a ViT the lab trained. */
export function vitConfigJson(config: VitConfig): Json {
  return {
    architectures: ["ViTForImageClassification"],
    model_type: "vit",
    hidden_size: config.hiddenSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    intermediate_size: config.intermediateSize,
    hidden_act: "gelu",
    hidden_dropout_prob: 0,
    attention_probs_dropout_prob: 0,
    initializer_range: 0.02,
    layer_norm_eps: config.layerNormEpsilon,
    image_size: config.imageSize,
    patch_size: config.patchSize,
    num_channels: config.channels,
    qkv_bias: config.qkvBias,
    id2label: Object.fromEntries(config.classNames.map((name, i) => [String(i), name])),
    label2id: Object.fromEntries(config.classNames.map((name, i) => [name, i])),
    torch_dtype: "float32",
  };
}
