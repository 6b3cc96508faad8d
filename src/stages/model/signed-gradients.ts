import type { GraphBuilder } from "../../graph/builder";
import { gradient } from "../../graph/gradient";
import type { Value } from "../../graph/types";
import { oneHot, rowLosses } from "./cross-entropy";
import type { ModelInGraph } from "./taps";
import type { LinearId, SignedGradientGraph } from "./types";

/** A model inside a graph whose weights can be reached by name. */
interface WeightedModel extends ModelInGraph {
  readonly parameters: ReadonlyMap<string, Value>;
}

/**
 * Closes a graph that puts out the gradient of Σ signᵢ·lossᵢ with respect to the weights of these linears; the loss of
 * a sample is its mean cross-entropy over all rows of logits. Inputs: the samples, `labels` (int32 [batch·labelRows])
 * and `signs` [batch]. Outputs: `losses` [batch] without signs, and the gradients.
 */
export function signedGradients(
  b: GraphBuilder,
  name: string,
  { batch, input, logits, taps, parameters }: WeightedModel,
  linears: readonly LinearId[],
): SignedGradientGraph {
  const [rows = 0, classes = 0] = logits.shape;
  const labelRows = rows / batch;
  const indicator = oneHot(b, b.input("labels", [rows], "int32"), classes);
  const signs = b.input("signs", [batch]);
  const perRow = b.reshape(rowLosses(b, logits, indicator), [batch, labelRows]);
  const losses = b.mean(perRow, [1]);
  const chosen = linears.map((id) => {
    const linear = taps.find((tap) => tap.linear.id === id)?.linear;
    const weights = parameters.get(id);
    if (!linear || !weights) throw new Error(`signedGradients: ${id} is no linear of this model`);
    return { linear, weights };
  });
  const gradients = gradient(
    b,
    b.sum(b.mul(losses, signs)),
    chosen.map(({ weights }) => weights),
  );
  const named = chosen.map(({ linear, weights }, i) => ({
    linear,
    name: `gradient.${linear.id}`,
    value: gradients[i] ?? weights,
  }));
  const outputs = { losses, ...Object.fromEntries(named.map(({ name, value }) => [name, value] as const)) };
  return {
    graph: b.build(name, outputs),
    batch,
    labelRows,
    input: input.name,
    gradients: named.map(({ linear, name }) => ({ linear, name })),
  };
}
