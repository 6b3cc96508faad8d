import { describe, expect, it } from "vitest";
import { classNames } from "../../../src/stages/data/outlines";
import { sceneOf } from "../../../src/stages/data/scene";
import { classOf, renderShape } from "../../../src/stages/data/shapes";
import { compareBytes, goldenImages, goldenLabels } from "./golden";

/** Mean over blocks of `factor` × `factor` pixels. */
function shrink(pixels: Uint8Array, size: number, factor: number): Float64Array {
  const small = size / factor;
  const means = new Float64Array(small * small * 3);
  pixels.forEach((byte, i) => {
    const channel = i % 3;
    const column = Math.floor(((i - channel) / 3) % size);
    const row = Math.floor(i / (3 * size));
    const target = (Math.floor(row / factor) * small + Math.floor(column / factor)) * 3 + channel;
    means[target] = means[target]! + byte / (factor * factor);
  });
  return means;
}

describe("renderShape", () => {
  it("draws the bytes that NumPy draws, for every class and for seeds beyond 31 bits", () => {
    for (const { seed, index, pixels } of goldenImages) {
      const { largest, equalShare } = compareBytes(renderShape(seed, index), pixels);
      expect(largest, `image ${String(index)} of seed ${String(seed)}`).toBeLessThanOrEqual(1);
      expect(equalShare, `image ${String(index)} of seed ${String(seed)}`).toBeGreaterThan(0.999);
    }
  });

  it("draws each image alone: neighbours and order do not matter", () => {
    const alone = renderShape(3, 41);
    renderShape(3, 40);
    expect(renderShape(3, 41)).toEqual(alone);
    expect(renderShape(3, 42)).not.toEqual(alone);
    expect(renderShape(4, 41)).not.toEqual(alone);
  });

  it("shows the same scene at four times the size", () => {
    for (const index of [0, 1, 2, 3, 5, 8]) {
      const large = shrink(renderShape(1001, index, 128), 128, 4);
      const small = renderShape(1001, index);
      let sum = 0;
      large.forEach((mean, i) => (sum += Math.abs(mean - small[i]!)));
      // Only the softness of edges differs; another image differs by more than 40 levels on average.
      expect(sum / small.length).toBeLessThan(3);
    }
  });

  it("refuses a size that is no whole number of pixels", () => {
    expect(() => renderShape(1, 0, 0)).toThrow("renderShape: expected a size of at least 1 pixel, got 0");
    expect(() => renderShape(1, 0, 8.5)).toThrow("got 8.5");
  });
});

describe("classOf", () => {
  it("tells the class that the scene shows, without drawing it", () => {
    for (const { seed, index, label } of goldenImages) expect(classOf(seed, index)).toBe(label);
    for (const { seed, shown } of goldenLabels) {
      expect(shown.map((_, index) => classOf(seed, index))).toEqual(shown);
    }
    expect(sceneOf(9, 77).label).toBe(classOf(9, 77));
  });

  it("is uniform over the classes: each within 5 standard deviations in 10,000 images", () => {
    const counts = new Array<number>(10).fill(0);
    for (let index = 0; index < 10_000; index++) {
      const label = classOf(1001, index);
      counts[label] = counts[label]! + 1;
    }
    const deviation = Math.sqrt(10_000 * 0.1 * 0.9);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * deviation);
  });

  it("stays below a smaller number of classes", () => {
    const labels = new Set(Array.from({ length: 200 }, (_, index) => classOf(5, index, 3)));
    expect([...labels].sort()).toEqual([0, 1, 2]);
  });

  it("has a name for each class", () => {
    expect(new Set(classNames).size).toBe(10);
  });
});

describe("the contrast of shape and background", () => {
  it("is at least 0.22 in mean brightness, whatever the colours drawn", () => {
    const weights = [0.299, 0.587, 0.114];
    const brightness = (color: readonly number[]): number =>
      color.reduce((sum, value, channel) => sum + value * weights[channel]!, 0);
    for (let index = 0; index < 500; index++) {
      const { gradient, shape } = sceneOf(1001, index);
      const background = (brightness(gradient.from) + brightness(gradient.to)) / 2;
      expect(Math.abs(brightness(shape.color) - background)).toBeGreaterThan(0.22 - 1e-12);
    }
  });
});
