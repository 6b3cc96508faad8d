/**
 * Public checkpoints name ViT tensors in two ways: as transformers did before version 5, which is the lab's own way,
 * and as its version 5 does (`layers.0.attention.q_proj`, `layers.0.mlp.fc1`).
 */

const modules: readonly (readonly [RegExp, string])[] = [
  [/^attention\.(?:attention\.)?(?:q_proj|query)$/, "attention.attention.query"],
  [/^attention\.(?:attention\.)?(?:k_proj|key)$/, "attention.attention.key"],
  [/^attention\.(?:attention\.)?(?:v_proj|value)$/, "attention.attention.value"],
  [/^attention\.(?:o_proj|output\.dense)$/, "attention.output.dense"],
  [/^(?:mlp\.fc1|intermediate\.dense)$/, "intermediate.dense"],
  [/^(?:mlp\.fc2|output\.dense)$/, "output.dense"],
  [/^layernorm_before$/, "layernorm_before"],
  [/^layernorm_after$/, "layernorm_after"],
];

const layerName = /^(?:(?:vit|deit)\.)?(?:encoder\.)?layers?\.(\d+)\.(.+)\.(weight|bias)$/;

/** The lab's name of a tensor of a ViT checkpoint; names it does not know are returned as they are. */
export function canonicalVitName(name: string): string {
  const match = layerName.exec(name);
  if (!match) return name.replace(/^deit\./, "vit.").replace(/^(embeddings|layernorm)\./, "vit.$1.");
  const [, layer = "", module = "", kind = ""] = match;
  const known = modules.find(([pattern]) => pattern.test(module));
  return known ? `vit.encoder.layer.${layer}.${known[1]}.${kind}` : name;
}
