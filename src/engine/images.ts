import { pixelValues } from "../stages/data/images";
import { givenLabel } from "../stages/data/label-noise";
import type { LabelledImages, ShapesSpec } from "../stages/data/types";
import { renderShape } from "../stages/data/shapes";

/** The data set of a recipe, as the stages read it. */
export function labelledImages(spec: ShapesSpec): LabelledImages {
  return {
    pixels: (indices) => pixelValues(spec, indices),
    givenLabel: (index) => givenLabel(spec, index),
  };
}

/** Images drawn at `size` pixels, RGBA, one after the other. */
export function drawnImages(
  spec: ShapesSpec,
  indices: readonly number[],
  size: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = size * size;
  const drawn = new Uint8ClampedArray(indices.length * pixels * 4).fill(255);
  for (const [i, index] of indices.entries()) {
    const rgb = renderShape(spec.seed, index, size, spec.classes);
    for (let pixel = 0; pixel < pixels; pixel++) {
      const to = 4 * (i * pixels + pixel);
      drawn.set(rgb.subarray(3 * pixel, 3 * pixel + 3), to);
    }
  }
  return drawn;
}
