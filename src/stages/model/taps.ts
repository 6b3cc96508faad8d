import type { GraphBuilder } from "../../graph/builder";
import { pullback } from "../../graph/gradient";
import type { Value } from "../../graph/types";
import { oneHot, sampledLabels } from "./cross-entropy";
import type { Linear, LinearId, TapGraph } from "./types";

/** Input a and output s of one linear inside a graph; rows are tokens of one sample after the other. */
export interface Tap {
  readonly linear: Linear;
  /** [batch·tokens, d_in] */
  readonly a: Value;
  /** [batch·tokens, d_out], bias included */
  readonly s: Value;
}

/** A model inside a graph, over a batch of samples. */
export interface ModelInGraph {
  readonly batch: number;
  /** Samples. */
  readonly input: Value;
  /** [batch·labelRows, classes] */
  readonly logits: Value;
  readonly taps: readonly Tap[];
}

function chosen({ taps }: ModelInGraph, linears: readonly LinearId[]): Tap[] {
  return linears.map((id) => {
    const tap = taps.find(({ linear }) => linear.id === id);
    if (!tap) throw new Error(`taps: ${id} is no linear of this model that can be tapped`);
    return tap;
  });
}

/** Names outputs so that a value several linears read is put out once. */
class TapOutputs {
  readonly values: Record<string, Value> = {};
  readonly #names = new Map<Value, string>();

  add(name: string, value: Value): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    this.#names.set(value, name);
    this.values[name] = value;
    return name;
  }
}

function closed(
  b: GraphBuilder,
  name: string,
  { batch, input, logits }: ModelInGraph,
  outputs: TapOutputs,
  taps: TapGraph["taps"],
): TapGraph {
  const labelRows = (logits.shape[0] ?? 0) / batch;
  return { graph: b.build(name, outputs.values), batch, taps, input: input.name, labelRows };
}

/** Closes a graph that puts out a and g of these linears, for the summed loss of sampled or gold labels. */
export function lossTaps(
  b: GraphBuilder,
  name: string,
  model: ModelInGraph,
  linears: readonly LinearId[],
  labels: "sampled" | "gold",
): TapGraph {
  const { logits } = model;
  const [rows = 0, classes = 0] = logits.shape;
  const indicator =
    labels === "sampled"
      ? sampledLabels(b, logits, b.input("uniforms", [rows, 1]))
      : oneHot(b, b.input("labels", [rows], "int32"), classes);
  // ∂(Σ −log p(label))/∂logits = p − indicator: no further step of the loss needs to be taken.
  const cotangent = b.sub(b.softmax(logits), indicator);
  const taps = chosen(model, linears);
  const gradients = pullback(
    b,
    logits,
    cotangent,
    taps.map(({ s }) => s),
  );
  const outputs = new TapOutputs();
  const named = taps.map(({ linear, a, s }, i) => ({
    linear,
    a: outputs.add(`a.${linear.id}`, a),
    g: outputs.add(`g.${linear.id}`, gradients[i] ?? s),
  }));
  return closed(b, name, model, outputs, named);
}

/** Closes a graph that puts out the inputs a of these linears alone, named as `lossTaps` names them. */
export function activationTaps(
  b: GraphBuilder,
  name: string,
  model: ModelInGraph,
  linears: readonly LinearId[],
): TapGraph {
  const outputs = new TapOutputs();
  const named = chosen(model, linears).map(({ linear, a }) => ({
    linear,
    a: outputs.add(`a.${linear.id}`, a),
    g: "",
  }));
  return closed(b, name, model, outputs, named);
}
