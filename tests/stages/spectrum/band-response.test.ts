import { describe, expect, test } from "vitest";
import { bandResponses, type ImageResponses } from "../../../src/stages/spectrum/band-response";
import { bandWeights, standardBands } from "../../../src/stages/spectrum/bands";
import { product, randomMatrix, randomOrthogonal } from "../../support/matrices";

const band = { from: 0, to: 1, label: "all" };

function responses(rows: number[][]): ImageResponses {
  return { images: rows.length, directions: rows[0]?.length ?? 0, values: Float32Array.from(rows.flat()) };
}

describe("bandResponses", () => {
  test("averages directions under the weights, then images; the spread is over images", () => {
    const memorized = responses([
      [1, 5],
      [3, 7],
    ]);
    const clean = responses([[4, 4]]);
    const [result] = bandResponses(memorized, clean, [{ band, weights: Float64Array.of(3, 1) }]);
    // Images of the first group: (3·1 + 5)/4 = 2 and (3·3 + 7)/4 = 4.
    expect(result).toEqual({ band, memorized: 3, clean: 4, memorizedSpread: 1, cleanSpread: 0 });
  });

  test("equals the mean of ‖Zx‖ over all pairs of a band, each Z = uⱼvᵢᵀ multiplied out", () => {
    const [inputs, outputs, images] = [6, 4, 5];
    const [UA, UG] = [randomOrthogonal(inputs, 1), randomOrthogonal(outputs, 2)];
    const lambda = Float32Array.of(9, 4, 2.5, 1, 0.7, 0.01);
    const mu = Float32Array.of(5, 1.5, 0.4, 0.1);
    const x = randomMatrix(images, inputs, 3);
    const norms = new Map<string, number[]>();
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < outputs; j++) {
        const Z = product(
          UG.subarray(j * outputs, (j + 1) * outputs),
          UA.subarray(i * inputs, (i + 1) * inputs),
          outputs,
          1,
          inputs,
        );
        const ofImages = Array.from({ length: images }, (_, image) =>
          Math.hypot(...product(Z, x.subarray(image * inputs, (image + 1) * inputs), outputs, inputs, 1)),
        );
        norms.set(`${i} ${j}`, ofImages);
      }
    }
    const projected = Float32Array.from({ length: images * inputs }, (_, k) => {
      const [image, i] = [Math.floor(k / inputs), k % inputs];
      return Math.abs(
        product(
          UA.subarray(i * inputs, (i + 1) * inputs),
          x.subarray(image * inputs, (image + 1) * inputs),
          1,
          inputs,
          1,
        )[0]!,
      );
    });
    const group = { images, directions: inputs, values: projected };
    const weighted = standardBands.map((b) => ({ band: b, weights: bandWeights(lambda, mu, b, "product") }));
    const actual = bandResponses(group, group, weighted);

    const sorted = [...norms.keys()].sort((a, b) => {
      const value = (key: string): number => {
        const [i = 0, j = 0] = key.split(" ").map(Number);
        return lambda[i]! * mu[j]!;
      };
      return value(b) - value(a);
    });
    standardBands.forEach(({ from, to }, position) => {
      const members = sorted.slice(Math.floor(from * 24), Math.floor(to * 24)).map((key) => norms.get(key)!);
      const perImage = Array.from({ length: images }, (_, image) => {
        return members.reduce((sum, member) => sum + member[image]!, 0) / members.length;
      });
      const mean = perImage.reduce((sum, value) => sum + value, 0) / images;
      const variance = perImage.reduce((sum, value) => sum + (value - mean) ** 2, 0) / images;
      expect(actual[position]!.memorized).toBeCloseTo(mean, 6);
      expect(actual[position]!.cleanSpread).toBeCloseTo(Math.sqrt(variance), 6);
    });
  });

  test("has no number for a group without images or a band without directions", () => {
    const none = { images: 0, directions: 2, values: new Float32Array(0) };
    const one = responses([[1, 2]]);
    const [empty] = bandResponses(none, one, [{ band, weights: Float64Array.of(1, 1) }]);
    expect(empty?.memorized).toBeNaN();
    expect(empty?.clean).toBe(1.5);
    expect(bandResponses(one, one, [{ band, weights: new Float64Array(2) }])[0]?.clean).toBeNaN();
  });

  test("names a band whose weights do not fit", () => {
    const one = responses([[1, 2]]);
    expect(() => bandResponses(one, one, [{ band, weights: new Float64Array(3) }])).toThrow(
      "band all: expected 1×2",
    );
  });
});
