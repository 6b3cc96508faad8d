import type { GraphBuilder } from "../../graph/builder";
import type { Value } from "../../graph/types";
import { float32, int32 } from "../../tensor/host-tensor";

/** Indicator [rows, classes] of int32 labels [rows]. */
export function oneHot(b: GraphBuilder, labels: Value, classes: number): Value {
  const range = b.constant(
    int32(
      [1, classes],
      Int32Array.from({ length: classes }, (_, i) => i),
    ),
  );
  return b.cast(b.equal(b.reshape(labels, [labels.shape[0] ?? 0, 1]), range), "float32");
}

/** Logits less the maximum of their row, and log Σ exp of these [rows, 1]. */
function shiftedLogits(b: GraphBuilder, logits: Value): { readonly shifted: Value; readonly log: Value } {
  // The maximum cancels in loss and gradient alike; it only keeps Exp in range.
  const shifted = b.sub(logits, b.stopGradient(b.max(logits, [-1], true)));
  return { shifted, log: b.log(b.sum(b.exp(shifted), [-1], true)) };
}

/**
 * Cross-entropy against an indicator of the labels [rows, classes]: the summed negative log likelihood, a scalar (paper,
 * section 2.3: −log p_θ(y|x)).
 */
export function crossEntropy(b: GraphBuilder, logits: Value, indicator: Value): Value {
  const { shifted, log } = shiftedLogits(b, logits);
  return b.sub(b.sum(log), b.sum(b.mul(indicator, shifted)));
}

/** Negative log likelihood of each row's label against an indicator of the labels; [rows, 1]. */
export function rowLosses(b: GraphBuilder, logits: Value, indicator: Value): Value {
  const { shifted, log } = shiftedLogits(b, logits);
  return b.sub(log, b.sum(b.mul(indicator, shifted), [1], true));
}

/** Classes up to which a row is summed up in one go. */
const shortRow = 64;

/**
 * Running sums along rows [rows, classes]. A GPU sums every prefix anew, at a cost that grows with the square of the
 * length, so long rows are summed up in blocks, to which the sums of the blocks before are added.
 */
function distributionFunction(b: GraphBuilder, probabilities: Value): Value {
  const [rows = 0, classes = 0] = probabilities.shape;
  if (classes <= shortRow) return b.cumulativeSum(probabilities, 1);
  const size = Math.ceil(Math.sqrt(classes));
  const blocks = Math.ceil(classes / size);
  const padded = b.pad(probabilities, 1, 0, blocks * size - classes);
  const within = b.cumulativeSum(b.reshape(padded, [rows, blocks, size]), 2);
  const totals = b.reshape(b.slice(within, 2, size - 1, size), [rows, blocks]);
  // [0, t₀, t₀ + t₁, …]
  const before = b.cumulativeSum(b.pad(b.slice(totals, 1, 0, blocks - 1), 1, 1, 0), 1);
  const sums = b.reshape(b.add(within, b.reshape(before, [rows, blocks, 1])), [rows, blocks * size]);
  return b.slice(sums, 1, 0, classes);
}

/**
 * Indicator of labels drawn from the softmax of the logits by inverting its distribution function at `uniforms`
 * [rows, 1] in [0, 1). No derivative flows through the draw.
 */
export function sampledLabels(b: GraphBuilder, logits: Value, uniforms: Value): Value {
  const classes = logits.shape[1] ?? 0;
  const distribution = distributionFunction(b, b.stopGradient(b.softmax(logits)));
  const passed = b.cast(b.less(distribution, uniforms), "float32");
  // Rounding may leave the last entry of the distribution below the uniform.
  const label = b.min(b.sum(passed, [1], true), b.scalar(classes - 1));
  const range = b.constant(
    float32(
      [1, classes],
      Float32Array.from({ length: classes }, (_, i) => i),
    ),
  );
  return b.cast(b.equal(label, range), "float32");
}
