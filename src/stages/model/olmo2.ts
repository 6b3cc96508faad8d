import { GraphBuilder } from "../../graph/builder";
import type { Graph, Value } from "../../graph/types";
import { float32 } from "../../tensor/host-tensor";
import type { Shape } from "../../tensor/shape";
import { attend, causalMask, rotaryTables, rotate, splitHeads } from "./causal-attention";
import type { Olmo2Config } from "./olmo2-config";
import type { ModelInGraph, Tap } from "./taps";
import type { Linear, LinearRole } from "./types";

/** Parameters outside the layers. A tied head is the embedding. */
export const olmo2ParameterNames = {
  embedding: "model.embed_tokens.weight",
  head: "lm_head.weight",
  finalNorm: "model.norm.weight",
} as const;
const { embedding, head, finalNorm } = olmo2ParameterNames;

/** What the names of a layer's parameters begin with, before a dot. */
export function olmo2LayerPrefix(layer: number): string {
  return `model.layers.${layer}`;
}

/** Rows and columns of a layer's linears, in the order of the computation. */
function layerLinears(config: Olmo2Config): (readonly [LinearRole, string, number, number])[] {
  const { hiddenSize: d, intermediateSize: m, heads, keyValueHeads, headSize } = config;
  const [queries, keys] = [heads * headSize, keyValueHeads * headSize];
  return [
    ["query", "self_attn.q_proj", queries, d],
    ["key", "self_attn.k_proj", keys, d],
    ["value", "self_attn.v_proj", keys, d],
    ["attention-output", "self_attn.o_proj", d, queries],
    ["gate", "mlp.gate_proj", m, d],
    ["up", "mlp.up_proj", m, d],
    ["down", "mlp.down_proj", d, m],
  ];
}

/** Parameters of an OLMo-2 by their Hugging Face names, with shapes. */
export function olmo2Parameters(config: Olmo2Config): ReadonlyMap<string, Shape> {
  const { hiddenSize: d, heads, keyValueHeads, headSize, vocabulary } = config;
  const parameters = new Map<string, Shape>([[embedding, [vocabulary, d]]]);
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = olmo2LayerPrefix(layer);
    for (const [, module, outputs, inputs] of layerLinears(config))
      parameters.set(`${prefix}.${module}.weight`, [outputs, inputs]);
    parameters.set(`${prefix}.self_attn.q_norm.weight`, [heads * headSize]);
    parameters.set(`${prefix}.self_attn.k_norm.weight`, [keyValueHeads * headSize]);
    parameters.set(`${prefix}.post_attention_layernorm.weight`, [d]);
    parameters.set(`${prefix}.post_feedforward_layernorm.weight`, [d]);
  }
  parameters.set(finalNorm, [d]);
  if (!config.tiedHead) parameters.set(head, [vocabulary, d]);
  return parameters;
}

/** The linears of an OLMo-2 that can be analysed and edited, layer by layer. */
export function olmo2Linears(config: Olmo2Config): Linear[] {
  return Array.from({ length: config.layers }, (_, layer) =>
    layerLinears(config).map(([role, module, outputs, inputs]): Linear => ({
      id: `${olmo2LayerPrefix(layer)}.${module}.weight`,
      layer,
      role,
      outputs,
      inputs,
    })),
  ).flat();
}

/** What differs between reading whole texts and going on with a cache. */
export interface Olmo2Reading {
  /** Token ids, int64 [rows, 1]. */
  readonly ids: Value;
  /** Mixes values over tokens: normalized queries, keys and values [rows, …] to [rows, heads·headSize]. */
  readonly attention: (layer: number, queries: Value, keys: Value, values: Value) => Value;
  /** Rows [rows, hiddenSize] that the head reads, of all. */
  readonly readout: (rows: Value) => Value;
}

interface Olmo2Body extends Pick<ModelInGraph, "logits" | "taps"> {
  /** Every parameter, by name. */
  readonly parameters: ReadonlyMap<string, Value>;
}

/**
 * Adds everything of an OLMo-2 but the attention itself. Norms follow attention and MLP, on what they add to the
 * stream; queries and keys are normalized over all heads at once.
 */
export function addOlmo2Body(
  b: GraphBuilder,
  config: Olmo2Config,
  { ids, attention, readout }: Olmo2Reading,
): Olmo2Body {
  const rows = ids.shape[0] ?? 0;
  const parameters = new Map(
    [...olmo2Parameters(config)].map(([name, shape]) => [name, b.input(name, shape)] as const),
  );
  const parameter = (name: string): Value => {
    const value = parameters.get(name);
    if (!value) throw new Error(`olmo2: no parameter ${name}`);
    return value;
  };
  const linears = new Map(olmo2Linears(config).map((linear) => [linear.id, linear]));
  const taps: Tap[] = [];
  const linear = (name: string, a: Value): Value => {
    const s = b.gemm([a, parameter(`${name}.weight`)], { b: true });
    const known = linears.get(`${name}.weight`);
    if (known) taps.push({ linear: known, a, s });
    return s;
  };
  const norm = (name: string, x: Value): Value => b.rmsNorm(x, parameter(name), config.normEpsilon);

  let x = b.reshape(b.gather(parameter(embedding), ids), [rows, config.hiddenSize]);
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = olmo2LayerPrefix(layer);
    const self = `${prefix}.self_attn`;
    const queries = norm(`${self}.q_norm.weight`, linear(`${self}.q_proj`, x));
    const keys = norm(`${self}.k_norm.weight`, linear(`${self}.k_proj`, x));
    const mixed = attention(layer, queries, keys, linear(`${self}.v_proj`, x));
    x = b.add(x, norm(`${prefix}.post_attention_layernorm.weight`, linear(`${self}.o_proj`, mixed)));
    const gate = linear(`${prefix}.mlp.gate_proj`, x);
    const gated = b.mul(b.mul(gate, b.sigmoid(gate)), linear(`${prefix}.mlp.up_proj`, x));
    x = b.add(
      x,
      norm(`${prefix}.post_feedforward_layernorm.weight`, linear(`${prefix}.mlp.down_proj`, gated)),
    );
  }
  const logits = b.gemm([norm(finalNorm, readout(x)), parameter(config.tiedHead ? embedding : head)], {
    b: true,
  });
  return { parameters, logits, taps };
}

export interface Olmo2Graph extends ModelInGraph, Olmo2Body {}

/**
 * Adds an OLMo-2 over `batch` windows of `length` tokens to a graph; every token sees those before it. The input
 * `input_ids`, int64 [batch·length, 1], holds the windows one after the other. Of each the last `read` tokens get logits.
 */
export function addOlmo2(
  b: GraphBuilder,
  config: Olmo2Config,
  batch: number,
  length: number,
  read = length,
): Olmo2Graph {
  const { headSize, hiddenSize } = config;
  const ids = b.input("input_ids", [batch * length, 1], "int64");
  const tables = rotaryTables(length, headSize, config.ropeTheta);
  const [cosines, sines] = [b.constant(tables.cosines), b.constant(tables.sines)];
  const positions = Array.from({ length }, (_, i) => i);
  const mask = causalMask(
    b,
    b.constant(float32([length, 1], positions)),
    b.constant(float32([1, length], positions)),
  );
  const rotated = (x: Value): Value => rotate(b, splitHeads(b, x, batch, headSize), cosines, sines);
  const body = addOlmo2Body(b, config, {
    ids,
    attention: (_, queries, keys, values) =>
      attend(b, config, {
        queries: rotated(queries),
        keys: rotated(keys),
        values: splitHeads(b, values, batch, headSize),
        mask,
      }),
    readout: (rows) => {
      if (read === length) return rows;
      const last = b.slice(b.reshape(rows, [batch, length, hiddenSize]), 1, length - read, length);
      return b.reshape(last, [batch * read, hiddenSize]);
    },
  });
  return { batch, input: ids, ...body };
}

/** Forward pass alone: `input_ids` to `logits` [batch·read, vocabulary] of the last positions. */
export function buildOlmo2Forward(config: Olmo2Config, batch: number, length: number, read = length): Graph {
  const b = new GraphBuilder();
  return b.build("olmo2_forward", { logits: addOlmo2(b, config, batch, length, read).logits });
}
