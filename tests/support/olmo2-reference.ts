/** OLMo-2 in plain float64 loops, one token and one head at a time, written from its definition alone. */
export interface ReferenceModel {
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly epsilon: number;
  readonly theta: number;
  readonly tied: boolean;
  /** Row-major tensors by their Hugging Face names. */
  readonly weights: ReadonlyMap<string, Float64Array>;
}

type Vector = readonly number[];

function dot(x: Vector, y: Vector): number {
  return x.reduce((sum, value, i) => sum + value * y[i]!, 0);
}

/** W x, where W has as many columns as x has entries. */
function times(matrix: Float64Array, x: Vector): Vector {
  const rows = matrix.length / x.length;
  return Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += matrix[row * x.length + i]! * x[i]!;
    return sum;
  });
}

function normalized(x: Vector, scale: Float64Array, epsilon: number): Vector {
  const root = Math.sqrt(dot(x, x) / x.length + epsilon);
  return x.map((value, i) => (value / root) * scale[i]!);
}

/** A head at a position: entries i and i + size/2 are the parts of a complex number that turns. */
function turned(x: Vector, position: number, theta: number): Vector {
  const half = x.length / 2;
  const result = [...x];
  for (let i = 0; i < half; i++) {
    const angle = position / Math.pow(theta, i / half);
    result[i] = x[i]! * Math.cos(angle) - x[i + half]! * Math.sin(angle);
    result[i + half] = x[i]! * Math.sin(angle) + x[i + half]! * Math.cos(angle);
  }
  return result;
}

/** Logits of every position of one text. */
export function referenceLogits(model: ReferenceModel, ids: readonly number[]): Vector[] {
  const { heads, keyValueHeads, headSize, epsilon, theta } = model;
  const weight = (name: string): Float64Array => {
    const values = model.weights.get(`${name}.weight`);
    if (!values) throw new Error(`reference: no ${name}`);
    return values;
  };
  const embedding = weight("model.embed_tokens");
  const width = weight("model.norm").length;
  const headOf = (x: Vector, head: number): Vector => x.slice(head * headSize, (head + 1) * headSize);
  let stream: Vector[] = ids.map((id) => [...embedding.subarray(id * width, (id + 1) * width)]);

  for (let layer = 0; layer < model.layers; layer++) {
    const name = (module: string): string => `model.layers.${layer}.${module}`;
    const project = (x: Vector, module: string): Vector => times(weight(name(`self_attn.${module}`)), x);
    const queries = stream.map((x) =>
      normalized(project(x, "q_proj"), weight(name("self_attn.q_norm")), epsilon),
    );
    const keys = stream.map((x) =>
      normalized(project(x, "k_proj"), weight(name("self_attn.k_norm")), epsilon),
    );
    const values = stream.map((x) => project(x, "v_proj"));
    const turnedKeys = keys.map((x, t) =>
      Array.from({ length: keyValueHeads }, (_, head) => turned(headOf(x, head), t, theta)),
    );
    stream = stream.map((x, t) => {
      const mixed: number[] = [];
      for (let head = 0; head < heads; head++) {
        const shared = Math.floor((head * keyValueHeads) / heads);
        const query = turned(headOf(queries[t]!, head), t, theta);
        const scores: number[] = [];
        for (let s = 0; s <= t; s++) {
          scores.push(dot(query, turnedKeys[s]![shared]!) / Math.sqrt(headSize));
        }
        const top = Math.max(...scores);
        const total = scores.reduce((sum, score) => sum + Math.exp(score - top), 0);
        for (let i = 0; i < headSize; i++) {
          mixed.push(
            scores.reduce(
              (sum, score, s) => sum + (Math.exp(score - top) / total) * headOf(values[s]!, shared)[i]!,
              0,
            ),
          );
        }
      }
      const added = normalized(project(mixed, "o_proj"), weight(name("post_attention_layernorm")), epsilon);
      return x.map((value, i) => value + added[i]!);
    });
    stream = stream.map((x) => {
      const gate = times(weight(name("mlp.gate_proj")), x);
      const up = times(weight(name("mlp.up_proj")), x);
      const inner = gate.map((value, i) => (value / (1 + Math.exp(-value))) * up[i]!);
      const down = times(weight(name("mlp.down_proj")), inner);
      const added = normalized(down, weight(name("post_feedforward_layernorm")), epsilon);
      return x.map((value, i) => value + added[i]!);
    });
  }
  const head = model.tied ? embedding : weight("lm_head");
  return stream.map((x) => times(head, normalized(x, weight("model.norm"), epsilon)));
}

/** −Σ log p(label) over the positions of one text. */
export function referenceLoss(
  model: ReferenceModel,
  ids: readonly number[],
  labels: readonly number[],
): number {
  return referenceLogits(model, ids).reduce((loss, logits, t) => {
    const top = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
    return loss + Math.log(total) + top - logits[labels[t]!]!;
  }, 0);
}
