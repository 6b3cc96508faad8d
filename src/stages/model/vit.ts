import { GraphBuilder } from "../../graph/builder";
import type { Graph, Value } from "../../graph/types";
import type { Shape } from "../../tensor/shape";
import type { ModelInGraph, Tap } from "./taps";
import type { Linear, LinearRole } from "./types";
import type { VitConfig } from "./vit-config";

/** Parameters of a ViT by their Hugging Face names (transformers before version 5), with shapes. */
export function vitParameters(config: VitConfig): ReadonlyMap<string, Shape> {
  const { hiddenSize: d, intermediateSize: m, channels, patchSize, layers, qkvBias } = config;
  const patches = (config.imageSize / patchSize) ** 2;
  const parameters = new Map<string, Shape>([
    ["vit.embeddings.cls_token", [1, 1, d]],
    ["vit.embeddings.position_embeddings", [1, patches + 1, d]],
    ["vit.embeddings.patch_embeddings.projection.weight", [d, channels, patchSize, patchSize]],
    ["vit.embeddings.patch_embeddings.projection.bias", [d]],
  ]);
  const linear = (name: string, outputs: number, inputs: number, bias = true): void => {
    parameters.set(`${name}.weight`, [outputs, inputs]);
    if (bias) parameters.set(`${name}.bias`, [outputs]);
  };
  const norm = (name: string): void => {
    parameters.set(`${name}.weight`, [d]);
    parameters.set(`${name}.bias`, [d]);
  };
  for (let layer = 0; layer < layers; layer++) {
    const prefix = layerPrefix(layer);
    for (const role of ["query", "key", "value"])
      linear(`${prefix}.attention.attention.${role}`, d, d, qkvBias);
    linear(`${prefix}.attention.output.dense`, d, d);
    linear(`${prefix}.intermediate.dense`, m, d);
    linear(`${prefix}.output.dense`, d, m);
    norm(`${prefix}.layernorm_before`);
    norm(`${prefix}.layernorm_after`);
  }
  norm("vit.layernorm");
  linear("classifier", config.classNames.length, d);
  return parameters;
}

function layerPrefix(layer: number): string {
  return `vit.encoder.layer.${layer}`;
}

const roleModules: readonly (readonly [LinearRole, string])[] = [
  ["query", "attention.attention.query"],
  ["key", "attention.attention.key"],
  ["value", "attention.attention.value"],
  ["attention-output", "attention.output.dense"],
  ["fc1", "intermediate.dense"],
  ["fc2", "output.dense"],
];

/** The linears of a ViT that can be analysed and edited, layer by layer. */
export function vitLinears(config: VitConfig): Linear[] {
  const { hiddenSize: d, intermediateSize: m } = config;
  return Array.from({ length: config.layers }, (_, layer) =>
    roleModules.map(([role, module]): Linear => ({
      id: `${layerPrefix(layer)}.${module}.weight`,
      layer,
      role,
      outputs: role === "fc1" ? m : d,
      inputs: role === "fc2" ? m : d,
    })),
  ).flat();
}

export interface VitGraph extends ModelInGraph {
  /** Every parameter, by name. */
  readonly parameters: ReadonlyMap<string, Value>;
}

/**
 * Adds a ViT classifier (pre-norm, exact GELU, head on the class token) for a fixed batch to a graph. `readoutOnly`
 * leaves out what the last layer does to other tokens than the class token: no logit depends on it.
 */
export function addVit(b: GraphBuilder, config: VitConfig, batch: number, readoutOnly = false): VitGraph {
  const { hiddenSize: d, heads, imageSize, patchSize: p, channels, layerNormEpsilon } = config;
  const side = imageSize / p;
  const patches = side * side;
  const tokens = patches + 1;
  const headSize = d / heads;
  const pixels = b.input("pixel_values", [batch, channels, imageSize, imageSize]);
  const parameters = new Map(
    [...vitParameters(config)].map(([name, shape]) => [name, b.input(name, shape)] as const),
  );
  const parameter = (name: string): Value => {
    const value = parameters.get(name);
    if (!value) throw new Error(`vit: no parameter ${name}`);
    return value;
  };
  const linears = new Map(vitLinears(config).map((linear) => [linear.id, linear]));
  const taps: Tap[] = [];
  const linear = (name: string, a: Value): Value => {
    const weight = parameter(`${name}.weight`);
    const bias = parameters.get(`${name}.bias`);
    const s = b.gemm(bias ? [a, weight, bias] : [a, weight], { b: true });
    const known = linears.get(`${name}.weight`);
    if (known) taps.push({ linear: known, a, s });
    return s;
  };
  const norm = (name: string, x: Value): Value =>
    b.layerNorm(x, parameter(`${name}.weight`), parameter(`${name}.bias`), layerNormEpsilon);
  const split = (x: Value, count: number): Value =>
    b.transpose(b.reshape(x, [batch, count, heads, headSize]), [0, 2, 1, 3]);
  const classToken = (x: Value): Value =>
    b.reshape(b.slice(b.reshape(x, [batch, tokens, d]), 1, 0, 1), [batch, d]);

  // A convolution whose stride is its size is a matrix product over unfolded patches.
  const unfolded = b.transpose(b.reshape(pixels, [batch, channels, side, p, side, p]), [0, 2, 4, 1, 3, 5]);
  const kernel = parameter("vit.embeddings.patch_embeddings.projection.weight");
  const embedded = b.gemm(
    [
      b.reshape(unfolded, [batch * patches, channels * p * p]),
      b.reshape(kernel, [d, channels * p * p]),
      parameter("vit.embeddings.patch_embeddings.projection.bias"),
    ],
    { b: true },
  );
  const cls = b.expand(parameter("vit.embeddings.cls_token"), [batch, 1, d]);
  const sequence = b.concat([cls, b.reshape(embedded, [batch, patches, d])], 1);
  const positioned = b.add(sequence, parameter("vit.embeddings.position_embeddings"));
  let x = b.reshape(positioned, [batch * tokens, d]);

  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = layerPrefix(layer);
    const ends = readoutOnly && layer === config.layers - 1;
    const count = ends ? 1 : tokens;
    const h = norm(`${prefix}.layernorm_before`, x);
    const project = (role: "query" | "key" | "value", of: Value): Value =>
      linear(`${prefix}.attention.attention.${role}`, of);
    const query = split(project("query", ends ? classToken(h) : h), count);
    const key = split(project("key", h), tokens);
    const value = split(project("value", h), tokens);
    if (ends) x = classToken(x);
    const scores = b.scale(b.matmul(query, b.transposeLast(key)), 1 / Math.sqrt(headSize));
    const mixed = b.transpose(b.matmul(b.softmax(scores), value), [0, 2, 1, 3]);
    x = b.add(x, linear(`${prefix}.attention.output.dense`, b.reshape(mixed, [batch * count, d])));
    const inner = b.gelu(linear(`${prefix}.intermediate.dense`, norm(`${prefix}.layernorm_after`, x)));
    x = b.add(x, linear(`${prefix}.output.dense`, inner));
  }

  const logits = linear("classifier", norm("vit.layernorm", readoutOnly ? x : classToken(x)));
  return { batch, input: pixels, parameters, logits, taps };
}

/** Forward pass alone: `pixel_values` to `logits` [batch, classes]. */
export function buildVitForward(config: VitConfig, batch: number): Graph {
  const b = new GraphBuilder();
  return b.build("vit_forward", { logits: addVit(b, config, batch, true).logits });
}
