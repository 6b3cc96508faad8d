import { float32 } from "../tensor/host-tensor";
import { GRID } from "../stages/data/scene";
import { pixelValues } from "../stages/data/images";
import { givenLabel } from "../stages/data/label-noise";
import type { Samples, ShapesSpec } from "../stages/data/types";
import { renderShape } from "../stages/data/shapes";

/** The images of a recipe, as the stages read them. */
export function imageSamples(spec: ShapesSpec): Samples {
  return {
    unit: "images",
    input: (indices) => float32([indices.length, 3, GRID, GRID], pixelValues(spec, indices)),
    labels: (indices) => Int32Array.from(indices, (index) => givenLabel(spec, index)),
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
