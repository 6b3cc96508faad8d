import { streamKey, uniformAt } from "../../tensor/random";
import { classOf } from "./shapes";
import type { ShapesSpec } from "./types";

/**
 * Which training images are labelled wrongly. The draws come from a stream of their own, so the same images can be
 * had with any share of noise, and a larger share adds noised images without changing the ones there were.
 */

/** Index of the first validation image: fresh images, never trained on, never noised. */
export const FIRST_VALIDATION_INDEX = 1_000_000;

const LABEL_STREAM = 0x5bd1e995;

function labelKey(spec: ShapesSpec, index: number): number {
  return streamKey((spec.seed ^ LABEL_STREAM) >>> 0, index);
}

/** Whether the image was trained with a wrong label. */
export function isNoised(spec: ShapesSpec, index: number): boolean {
  return index < FIRST_VALIDATION_INDEX && uniformAt(labelKey(spec, index), 0) < spec.labelNoise;
}

/** Label the model was trained with: the class shown, or, if noised, one of the others, all equally likely. */
export function givenLabel(spec: ShapesSpec, index: number): number {
  const shown = classOf(spec.seed, index, spec.classes);
  if (!isNoised(spec, index)) return shown;
  const others = spec.classes - 1;
  const step = 1 + Math.min(Math.floor(uniformAt(labelKey(spec, index), 1) * others), others - 1);
  return (shown + step) % spec.classes;
}
