import type { Backend } from "../runtime/backend";
import { hostFloats } from "../runtime/device-tensor";
import type { Feeds, Session } from "../runtime/session";
import { int64 } from "../tensor/host-tensor";

/** Tokens whose last `suffix` are to be recited, given all before them. */
export interface TextToRecite {
  readonly ids: readonly number[];
  readonly suffix: number;
}

export interface NextTokens {
  /** Whether each position's most likely next token is the one that follows. */
  readonly right: readonly boolean[];
  /** Cross-entropy of each position's next token, in nats. */
  readonly losses: readonly number[];
}

/**
 * Predictions at every position but the last of these texts under a forward graph of a fixed batch and length; shorter
 * texts are filled up behind their end, which no position before it sees.
 */
export async function predictNext(
  backend: Backend,
  forward: Session,
  weights: Feeds,
  texts: readonly (readonly number[])[],
  length: number,
): Promise<NextTokens[]> {
  const [ids] = forward.graph.inputs.filter(({ name }) => name === "input_ids");
  const [output] = forward.graph.outputs;
  if (!ids || !output) throw new Error("predictNext: expected a graph from input_ids to logits");
  const batch = (ids.shape[0] ?? 0) / length;
  const vocabulary = output.shape[1] ?? 1;
  const results: NextTokens[] = [];
  for (let start = 0; start < texts.length; start += batch) {
    const chunk = texts.slice(start, start + batch);
    const tokens = new Array<number>(batch * length).fill(0);
    for (const [row, text] of chunk.entries()) {
      if (text.length - 1 > length)
        throw new RangeError(`predictNext: expected at most ${length + 1} tokens, got ${text.length}`);
      for (let t = 0; t < text.length - 1; t++) tokens[row * length + t] = text[t] ?? 0;
    }
    const fed = backend.upload(int64([batch * length, 1], tokens));
    const outputs = await forward.run({ ...weights, input_ids: fed });
    fed.release();
    const result = outputs[output.name];
    if (!result) throw new Error("predictNext: the graph gave no logits");
    const logits = hostFloats(result);
    for (const [row, text] of chunk.entries()) {
      const right: boolean[] = [];
      const losses: number[] = [];
      for (let t = 0; t + 1 < text.length; t++) {
        const at = (row * length + t) * vocabulary;
        const { best, logTotal } = readRow(logits.subarray(at, at + vocabulary));
        const next = text[t + 1] ?? 0;
        right.push(best === next);
        losses.push(logTotal - (logits[at + next] ?? 0));
      }
      results.push({ right, losses });
    }
    result.release();
  }
  return results;
}

function readRow(logits: Float32Array): { best: number; logTotal: number } {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if ((logits[i] ?? 0) > (logits[best] ?? 0)) best = i;
  const top = logits[best] ?? 0;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - top);
  return { best, logTotal: top + Math.log(sum) };
}
