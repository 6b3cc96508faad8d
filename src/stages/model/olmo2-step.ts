import type { DeviceTensor } from "../../runtime/device-tensor";
import type { RowProgram, RowPrograms } from "../../runtime/row-program";
import { rotaryTables } from "./causal-attention";
import { olmo2LayerPrefix, olmo2ParameterNames } from "./olmo2";
import type { Olmo2Config } from "./olmo2-config";
import type { DecodingStep } from "./types";

/**
 * The graph of `buildOlmo2Decoding` for one token per text, op by op on rows: the same sums in another order. Queries, keys
 * and values lie side by side, and the norms that follow attention and MLP add to the stream as they go.
 */
export function recordOlmo2Step(
  programs: RowPrograms,
  config: Olmo2Config,
  batch: number,
  capacity: number,
  tensor: (name: string) => DeviceTensor,
): DecodingStep {
  const { hiddenSize, intermediateSize, heads, keyValueHeads, headSize, normEpsilon: epsilon } = config;
  const { cosines, sines } = rotaryTables(capacity, headSize, config.ropeTheta);
  const program: RowProgram = programs.create({
    rows: batch,
    heads,
    keyValueHeads,
    headSize,
    capacity,
    cosines: cosines.data,
    sines: sines.data,
  });
  const queryWidth = heads * headSize;
  const x = program.rows(hiddenSize);
  const qkv = program.rows(queryWidth + 2 * keyValueHeads * headSize);
  const mixed = program.rows(queryWidth);
  const gated = program.rows(intermediateSize);
  const added = program.rows(hiddenSize);
  const logits = program.rows(config.vocabulary);

  const { embedding, head, finalNorm } = olmo2ParameterNames;
  program.embed(tensor(embedding), x);
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = olmo2LayerPrefix(layer);
    const weight = (name: string): DeviceTensor => tensor(`${prefix}.${name}.weight`);
    const inputs = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"].map(weight);
    program.products(x, inputs, qkv);
    const weights = {
      queryWeight: weight("self_attn.q_norm"),
      keyWeight: weight("self_attn.k_norm"),
      epsilon,
    };
    const caches = { keys: tensor(`cache.${layer}.keys`), values: tensor(`cache.${layer}.values`) };
    program.attention(qkv, weights, caches, mixed);
    program.products(mixed, [weight("self_attn.o_proj")], added);
    program.normalize(added, weight("post_attention_layernorm"), epsilon, x, "add");
    program.gatedProducts(x, weight("mlp.gate_proj"), weight("mlp.up_proj"), gated);
    program.products(gated, [weight("mlp.down_proj")], added);
    program.normalize(added, weight("post_feedforward_layernorm"), epsilon, x, "add");
  }
  program.normalize(x, tensor(finalNorm), epsilon, added, "set");
  program.products(added, [tensor(config.tiedHead ? embedding : head)], logits);
  return {
    run: (tokens) => program.run(tokens, logits),
    release: () => {
      program.release();
    },
  };
}
