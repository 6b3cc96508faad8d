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

/** Classes of a block of a long row: about the root of all, and no rest if there is such a number. */
function blockSize(classes: number): number {
  const root = Math.ceil(Math.sqrt(classes));
  const sizes = Array.from({ length: root }, (_, i) => root + i);
  return sizes.find((size) => classes % size === 0) ?? root;
}

/** How many of a row's entries lie below its bound [rows, 1]: [rows, 1]. */
function countBelow(b: GraphBuilder, entries: Value, bound: Value): Value {
  return b.sum(b.cast(b.less(entries, bound), "float32"), [1], true);
}

function range(b: GraphBuilder, count: number): Value {
  return b.constant(
    float32(
      [1, count],
      Float32Array.from({ length: count }, (_, i) => i),
    ),
  );
}

/** Classes [rows, 1] at which the running sum of the probabilities [rows, classes] reaches the uniforms [rows, 1]. */
function drawnClasses(b: GraphBuilder, probabilities: Value, uniforms: Value): Value {
  const classes = probabilities.shape[1] ?? 0;
  if (classes > shortRow) return drawnInBlocks(b, probabilities, uniforms);
  const passed = countBelow(b, b.cumulativeSum(probabilities, 1), uniforms);
  // Rounding may leave the last entry of the distribution below the uniform.
  return b.min(passed, b.scalar(classes - 1));
}

/**
 * The same for long rows. A running sum is slow, on a GPU at a cost that grows with the square of the length: the blocks
 * of a row are summed up first, and then the classes of the one block in which the uniform falls.
 */
function drawnInBlocks(b: GraphBuilder, probabilities: Value, uniforms: Value): Value {
  const [rows = 0, classes = 0] = probabilities.shape;
  const size = blockSize(classes);
  const blocks = Math.ceil(classes / size);
  const rest = blocks * size - classes;
  const padded = rest === 0 ? probabilities : b.pad(probabilities, 1, 0, rest);
  const blocked = b.reshape(padded, [rows, blocks, size]);
  // Where all blocks but the first begin.
  const starts = b.cumulativeSum(b.slice(b.sum(blocked, [2]), 1, 0, blocks - 1), 1);
  const passed = b.cast(b.less(starts, uniforms), "float32");
  const block = b.sum(passed, [1], true);
  const start = b.max(b.mul(passed, starts), [1], true);
  const chosen = b.cast(b.equal(block, range(b, blocks)), "float32");
  const picked = b.matmul(b.reshape(chosen, [rows, 1, blocks]), blocked);
  const within = b.cumulativeSum(b.reshape(picked, [rows, size]), 1);
  // Rounding may leave the last entry below the rest: the last class that has any probability is taken then.
  const bound = b.min(b.sub(uniforms, start), b.slice(within, 1, size - 1, size));
  return b.add(b.scale(block, size), countBelow(b, within, bound));
}

/**
 * Indicator of labels drawn from the softmax of the logits by inverting its distribution function at `uniforms`
 * [rows, 1] in [0, 1). No derivative flows through the draw.
 */
export function sampledLabels(b: GraphBuilder, logits: Value, uniforms: Value): Value {
  const label = drawnClasses(b, b.stopGradient(b.softmax(logits)), uniforms);
  return b.cast(b.equal(label, range(b, logits.shape[1] ?? 0)), "float32");
}
