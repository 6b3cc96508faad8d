import { describe, expect, it } from "vitest";
import { fromOklab, mixOklab, parseRgb, sequentialMap, toOklab } from "../../../src/app/plots/colour-map";

describe("toOklab", () => {
  it("gives the published values of white, red and blue", () => {
    const published = [
      [
        [255, 255, 255],
        [1, 0, 0],
      ],
      [
        [255, 0, 0],
        [0.62796, 0.22486, 0.12585],
      ],
      [
        [0, 0, 255],
        [0.45201, -0.03246, -0.31153],
      ],
    ] as const;
    for (const [rgb, expected] of published) {
      toOklab(rgb).forEach((value, axis) => expect(value).toBeCloseTo(expected[axis]!, 4));
    }
  });

  it("is undone by fromOklab", () => {
    for (const rgb of [
      [0, 0, 0],
      [12, 200, 99],
      [255, 255, 255],
      [180, 3, 250],
    ] as const) {
      expect(fromOklab(toOklab(rgb))).toEqual(rgb);
    }
  });
});

describe("sequentialMap", () => {
  it("rises in lightness by nearly equal steps, so that order is seen without colour", () => {
    const map = sequentialMap(64);
    const lightness = Array.from(
      { length: 64 },
      (_, k) => toOklab([map[4 * k]!, map[4 * k + 1]!, map[4 * k + 2]!])[0],
    );
    const steps = lightness.slice(1).map((value, k) => value - lightness[k]!);
    const mean = (lightness.at(-1)! - lightness[0]!) / 63;
    expect(Math.min(...steps)).toBeGreaterThan(0.3 * mean);
    expect(Math.max(...steps)).toBeLessThan(2 * mean);
  });

  it("is opaque", () => {
    const map = sequentialMap(5);
    for (let k = 0; k < 5; k++) expect(map[4 * k + 3]).toBe(255);
  });
});

describe("mixOklab", () => {
  it("starts and ends at its two colours", () => {
    expect(mixOklab([10, 20, 30], [200, 100, 0], 0)).toEqual([10, 20, 30]);
    expect(mixOklab([10, 20, 30], [200, 100, 0], 1)).toEqual([200, 100, 0]);
  });
});

describe("parseRgb", () => {
  it("reads what browsers answer and refuses the rest by name", () => {
    expect(parseRgb("rgb(1, 2, 3)")).toEqual([1, 2, 3]);
    expect(parseRgb("rgba(1, 2, 3, 0.5)")).toEqual([1, 2, 3]);
    expect(parseRgb("#0a0B0c")).toEqual([10, 11, 12]);
    expect(() => parseRgb("light-dark(red, blue)")).toThrow("light-dark(red, blue)");
  });
});
